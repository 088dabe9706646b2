import SlipwayAPI
import Testing

@Suite("Slurm's controller is away", .serialized)
struct ControllerOutageTests {
    @Test("Tasks are accepted while the controller is away, and all end right when it is back")
    func controllerStopped() async throws {
        try await withTestServer(use: .exclusive) { server in
            let running = try await server.submit(TaskConfig(experiment: "running"), .gated)
            try await running.until("running")
            var accepted: [TestTask] = []
            try await withoutController(server) {
                try running.openGate()
                for number in 1...3 {
                    accepted.append(try await server.submit(TaskConfig(experiment: "accepted \(number)")))
                }
                try await Patience.until("the server says that the cluster does not answer", within: .seconds(90)) {
                    let clusters: ClusterListAnswer = try await server.get("/api/v1/clusters").decoded()
                    return clusters.clusters.first?.problem != nil
                }
                #expect(try await running.now().state == "running")
            }
            for task in [running] + accepted { try await task.until("succeeded", within: .seconds(180)) }
            try await Patience.until("the server says that the cluster answers") {
                let clusters: ClusterListAnswer = try await server.get("/api/v1/clusters").decoded()
                return clusters.clusters.first?.problem == nil
            }
            let folders = ([running] + accepted).map { "\($0.folder)/attempts/1" }.sorted()
            let jobs = try await Patience.value("accounting knows the ends of all jobs") {
                let jobs = try await Slurm.accounting(under: server.folder)
                return jobs.count >= 4 && jobs.allSatisfy { $0.state == "COMPLETED" } ? jobs : nil
            }
            #expect(jobs.map(\.folder).sorted() == folders)
        }
    }

    /// Stops slurmctld for as long as `body` takes.
    private func withoutController(_ server: TestServer, _ body: () async throws -> Void) async throws {
        let script = server.environment.repository + "/slurm/dev/slurmctld.sh"
        _ = try await Command(program: script, arguments: ["stop"]).succeed(within: .seconds(60))
        do {
            try await body()
        } catch {
            _ = try await Command(program: script, arguments: ["start"]).succeed(within: .seconds(90))
            throw error
        }
        _ = try await Command(program: script, arguments: ["start"]).succeed(within: .seconds(90))
    }
}
