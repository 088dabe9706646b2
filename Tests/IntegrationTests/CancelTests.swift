import SlipwayAPI
import Testing

@Suite("Cancel and retry")
struct CancelTests {
    @Test("A task is cancelled while it is queued, and one while it is being submitted")
    func beforeSubmission() async throws {
        let settings = ServerSettings(
            commandTimeout: 60, tools: ["sbatch": Tools.gated], clusterLines: ["submit_concurrency: 1"])
        try await withTestServer(settings) { server in
            let first = try await server.submit()
            try await Patience.until("sbatch is called") { server.hasTool("called") }
            let second = try await server.submit()
            #expect(try await first.now().state == "submitting")
            #expect(try await second.now().state == "queued")
            #expect(try await second.cancel().state == "cancelled")
            #expect(try await second.attempts().isEmpty)

            #expect(try await first.cancel().cancelRequestedAt != nil)
            try server.touchTool("gate")
            let ended = try await first.until("cancelled")
            #expect(ended.model == nil)
            try await Slurm.untilNone(under: server.folder)
        }
    }

    @Test("A task is cancelled while its job waits, and while it runs; Slurm's job ends with it")
    func inSlurm() async throws {
        try await withTestServer(ServerSettings(tools: ["sbatch": Tools.holding])) { server in
            let waiting = try await server.submit(TaskConfig(experiment: "waiting"))
            let running = try await server.submit(TaskConfig(experiment: "running"), .gated)
            try await waiting.until("pending")
            try await running.until("running")
            try await waiting.cancel()
            try await running.cancel()
            #expect(try await waiting.until("cancelled").message == "Cancelled on request.")
            #expect(try await running.until("cancelled").message == "Cancelled on request.")
            try await Slurm.untilNone(under: server.folder)
            // Accounting does not list a held job: it never was eligible.
            let jobs = try await Slurm.queue(under: server.folder)
            #expect(Set(jobs.map { "\($0.name) \($0.state)" }) == ["waiting CANCELLED", "running CANCELLED"])
        }
    }

    @Test("A task that is cancelled while its model is collected leaves no model")
    func whileCollecting() async throws {
        try await withTestServer { server in
            let task = try await server.submit(TaskConfig(), .heavy(megabytes: 150))
            try await task.until("collecting")
            #expect(try await task.cancel().state == "cancelled")
            #expect(try await task.events().map(\.state).last == "cancelled")
            try await Patience.until("nothing of the model is left") {
                try await server.get("/api/v1/models/trial").status == 404
            }
            #expect(try await task.now().state == "cancelled")
        }
    }

    @Test("A task that has ended stays as it ended")
    func afterItsEnd() async throws {
        try await withTestServer { server in
            let task = try await server.submit()
            try await task.until("succeeded")
            #expect(try await task.cancel().state == "succeeded")
            #expect(try await task.now().cancelRequestedAt == nil)
            let refused: ProblemAnswer = try await server.post("\(task.path)/retry").decoded(status: 409)
            #expect(refused.detail.contains("has the state “succeeded”"))
        }
    }

    @Test("A retry is a second attempt with a job of its own")
    func retry() async throws {
        try await withTestServer { server in
            let task = try await server.submit(TaskConfig(), .failing)
            let first = try await task.until("failed")
            // The dispatcher may be faster than the answer.
            #expect(["queued", "submitting", "pending", "running"].contains(try await task.retry().state))
            let second = try await task.until("failed", attempt: 2)
            #expect(second.attempt == 2)
            let attempts = try await task.attempts()
            #expect(attempts.map(\.number) == [1, 2])
            #expect(attempts.map(\.jobID) == [first.jobID, second.jobID])
            #expect(first.jobID != second.jobID)
            // The queue forgets the first one a minute after its end.
            let jobs = try await Patience.value("accounting knows of both jobs") {
                let jobs = try await Slurm.accounting(under: server.folder)
                return jobs.count >= 2 ? jobs : nil
            }
            #expect(jobs.map(\.folder).sorted() == [1, 2].map { "\(task.folder)/attempts/\($0)" })
        }
    }
}
