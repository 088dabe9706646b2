import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("What a submission asks of the cluster")
struct JobWishesTests {
    private static func request(_ change: (inout WorkflowRequest) -> Void) -> WorkflowRequest {
        var request = WorkflowRequest(folder: "luca", files: "f", labels: "l", model: "m", params: "p")
        change(&request)
        return request
    }

    private static func wishes(
        place: ServerJobConfiguration = ServerJobConfiguration(),
        cluster: ClusterConfiguration = TaskConfigReaderTests.cluster("atena02"),
        _ change: (inout WorkflowRequest) -> Void
    ) throws -> ServerTask.Wishes {
        try JobWishes(request(change), place: place, cluster: cluster).checked()
    }

    @Test("The device chooses the partition, amounts go on as they are")
    func devices() throws {
        #expect(try Self.wishes { _ in } == .init(partition: "cpu"))
        #expect(
            try Self.wishes {
                $0.device = .gpu
                $0.memoryMegabytes = 3072
                $0.cpus = 2
            } == .init(partition: "gpu", memory: "3072M", cpus: 2))
    }

    @Test("Of several partitions with devices the operator's choice is taken, else the first by name")
    func choice() throws {
        var cluster = TaskConfigReaderTests.cluster("atena02")
        cluster.partitions["a100"] = TaskConfigReaderTests.partition("a100", gres: "gpu:a100:1")
        #expect(try Self.wishes(cluster: cluster) { $0.device = .gpu }.partition == "a100")
        var place = ServerJobConfiguration()
        place.partition = "gpu"
        #expect(try Self.wishes(place: place, cluster: cluster) { $0.device = .gpu }.partition == "gpu")
    }

    @Test("A device that no partition has is refused, with the partitions that there are")
    func noDevice() throws {
        var cluster = TaskConfigReaderTests.cluster("atena02")
        cluster.partitions["gpu"] = nil
        let error = #expect(throws: SlipwayError.self) { try Self.wishes(cluster: cluster) { $0.device = .gpu } }
        #expect(error?.faults.map(\.path) == ["device"])
        #expect(error?.faults.first?.message.hasSuffix("it has cpu") == true)
    }

    @Test(
        "What the partition does not allow is refused under the request's own field",
        arguments: [
            (4097, nil, ["memory"]), (31, nil, ["memory"]), (nil, 9, ["cpus"]), (nil, 0, ["cpus"]),
            (1_000_000, -1, ["memory", "cpus"]),
        ] as [(Int?, Int?, [String])])
    func limits(memory: Int?, cpus: Int?, fields: [String]) throws {
        let error = #expect(throws: SlipwayError.self) {
            try Self.wishes { request in
                request.memoryMegabytes = memory
                request.cpus = cpus
            }
        }
        #expect(error?.faults.map(\.path) == fields)
    }
}
