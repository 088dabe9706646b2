import SlipwayAPI
import Testing

@Suite("Slurm's accounting is away", .serialized)
struct AccountingOutageTests {
    @Test("Jobs that run, start and end while slurmdbd is away end right; readiness says what is missing")
    func away() async throws {
        try await withTestServer(use: .exclusive) { server in
            let running = try await server.submit(TaskConfig(experiment: "running"), .gated)
            let longer = try await server.submit(TaskConfig(experiment: "longer"), .gated)
            for task in [running, longer] { try await task.until("running") }
            #expect(try await Self.complaint(of: server) == nil)
            try await Breakage(environment: server.environment).withoutAccounting {
                try running.openGate()
                try await running.until("succeeded")
                let started = try await server.submit(TaskConfig(experiment: "started meanwhile"))
                try await started.until("succeeded")
                try await fail(on: server)
                let complaint = try await Patience.value("readiness tells of the accounting") {
                    try await Self.complaint(of: server)
                }
                #expect(complaint.name == "accounting of \(server.environment.cluster)")
                #expect(!complaint.required)
                #expect(try await longer.now().state == "running")
            }
            try longer.openGate()
            try await longer.until("succeeded")
            try await fail(on: server)
            try await Patience.until("readiness has no complaint any more") {
                try await Self.complaint(of: server) == nil
            }
            try await Slurm.untilNone(under: server.folder)
        }
    }

    /// A job that fails makes the server ask accounting why.
    private func fail(on server: TestServer) async throws {
        let task = try await server.submit(TaskConfig(experiment: "failing"), .failing)
        #expect(try await task.until("failed").reason == "exit_code")
    }

    /// What `/readyz` says of the accounting; nil where it has nothing to complain of.
    private static func complaint(of server: TestServer) async throws -> ReadinessAnswer.Check? {
        let answer: ReadinessAnswer = try await server.get("/readyz", as: nil).decoded()
        #expect(answer.ready)
        return answer.checks.first { $0.name.hasPrefix("accounting") && !$0.healthy }
    }
}
