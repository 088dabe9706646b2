import Foundation
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("Credentials for remote files")
struct GridServiceTests {
    static func specification(
        _ job: ServerJob?, partition: String = "cpu", minutes: Int? = nil
    ) -> TaskSpecification {
        var specification = TaskSpecification(
            cluster: "atena02", partition: partition, image: "i", account: nil, dataset: "d", experiment: "e",
            modelName: "m", entrypoint: "train.py", scriptPath: "train.py", projectPath: nil,
            payload: .script(trackingURI: nil), resources: .init(timeLimitMinutes: minutes), modelParameters: "{}")
        specification.serverJob = job
        return specification
    }

    static func workflow(isRemote: Bool) -> ServerJob {
        .workflow(.init(NewProcess(name: ProcessName(folder: "luca", number: 1), version: 2), isRemote: isRemote))
    }

    static func configuration(x509: String?) throws -> Configuration {
        try ConfigurationTests.read(
            """
            data_root: /srv/slipway
            clusters:
              atena02:
                partitions:
                  cpu: {max_time: 20h}
                  long: {max_time: 30h}
                  free: {}
            \(x509.map { "    x509: {proxy: \($0), certificates: /etc/ca}" } ?? "")
            """)
    }

    private static func refusal(_ service: GridService, _ specification: TaskSpecification) async -> SlipwayError? {
        do {
            try await service.check(specification)
            return nil
        } catch {
            return error as? SlipwayError
        }
    }

    @Test("The job's own time limit counts, else its partition's, else only that the proxy has not expired")
    func limits() async throws {
        try await Credentials.with { credentials in
            let path = try await credentials.proxy(days: 1)
            let service = GridService(clusters: try Self.configuration(x509: path).clusters)
            let remote = Self.workflow(isRemote: true)
            let cases: [(String, Int?, Bool)] = [
                ("cpu", nil, true), ("long", nil, false), ("long", 60, true), ("cpu", 1440, false), ("free", nil, true),
            ]
            for (partition, minutes, isTaken) in cases {
                let error = await Self.refusal(
                    service, Self.specification(remote, partition: partition, minutes: minutes))
                #expect((error == nil) == isTaken)
                guard let error else { continue }
                #expect(error.code == .invalid)
                #expect(error.message.contains("before a job with the time limit of "))
                #expect(error.faults.map(\.path) == ["files"])
            }
        }
    }

    @Test("A proxy that serves nobody is the operators' to mend")
    func unavailable() async throws {
        try await Credentials.with { credentials in
            let clusters = try Self.configuration(x509: credentials.path("x509up")).clusters
            let remote = Self.specification(Self.workflow(isRemote: true))
            let missing = await Self.refusal(GridService(clusters: clusters), remote)
            #expect(missing?.code == .unavailable)
            #expect(missing?.message.contains("does not exist") == true)
            try await credentials.proxy(days: 1)
            let later = GridService(clusters: clusters, now: { Date(timeIntervalSinceNow: 2 * 86_400) })
            let expired = await Self.refusal(later, remote)
            #expect(expired?.code == .unavailable)
            #expect(expired?.message.contains("expired at ") == true)
        }
    }

    @Test("Jobs without remote files, and clusters without credentials, are asked for none")
    func unconcerned() async throws {
        let with = GridService(clusters: try Self.configuration(x509: "/nowhere/x509up").clusters)
        for job in [nil, Self.workflow(isRemote: false), .training(dataset: "d")] {
            #expect(await Self.refusal(with, Self.specification(job)) == nil)
        }
        let without = GridService(clusters: try Self.configuration(x509: nil).clusters)
        #expect(await Self.refusal(without, Self.specification(Self.workflow(isRemote: true))) == nil)
        #expect(await without.health().isEmpty)
        #expect(await with.health().map(\.isHealthy) == [false])
    }

    @Test("Only the script of a job with remote files names the credentials")
    func script() throws {
        let scripts = try BatchScripts(configuration: try Self.configuration(x509: "/shared/x509up"))
        let id = Attempt.ID(task: try #require(TaskID("0vqffzhpn2")), number: 1)
        func lines(_ job: ServerJob?) throws -> [String] {
            try scripts.render(Self.specification(job), id: id).split(separator: "\n").map(String.init).filter {
                $0.hasPrefix("environment=") || $0.hasPrefix("read_only_binds=")
            }
        }
        #expect(
            try lines(Self.workflow(isRemote: true)) == [
                "environment=('X509_USER_PROXY=/shared/x509up' 'X509_CERT_DIR=/etc/ca')",
                "read_only_binds=('/srv/slipway/datasets' '/shared/x509up' '/etc/ca')",
            ])
        for job in [nil, Self.workflow(isRemote: false), .training(dataset: "d")] {
            #expect(try !lines(job).contains { $0.contains("x509") || $0.contains("/etc/ca") })
        }
    }
}
