import SlipwayAPI
import Testing

@Suite("An operator has a hand in a task's job")
struct OperatorTests {
    @Test("scancel by an operator ends the task cancelled, in Slurm's words, whether the job runs or waits")
    func scancel() async throws {
        try await withTestServer(ServerSettings(tools: ["sbatch": Tools.holding])) { server in
            let waiting = try await server.submit(TaskConfig(experiment: "waiting"))
            let running = try await server.submit(TaskConfig(experiment: "running"), .gated)
            try await waiting.until("pending")
            try await running.until("running")
            for task in [waiting, running] {
                _ = try await Slurm.run("scancel", "\(try #require(try await task.now().jobID))")
                let ended = try await task.until("cancelled")
                #expect(ended.cancelRequestedAt == nil)
                let word = try #require(ended.slurmState)
                #expect(word.hasPrefix("CANCELLED"))
                #expect(ended.message == "Cancelled in Slurm: \(word).")
                #expect(try await task.attempts().count == 1)
            }
        }
    }

    @Test("A job that is suspended stays running, and says that it stands still until it goes on")
    func suspended() async throws {
        try await withTestServer { server in
            let task = try await server.submit(TaskConfig(), .gated)
            let job = "\(try #require(try await task.until("running").jobID))"
            _ = try await Slurm.run("scontrol", "suspend", job)
            let stopped = try await task.event(saying: "SUSPENDED")
            #expect(stopped.state == "running")
            #expect(stopped.message == "The job is suspended.")
            let meanwhile = try await task.now()
            #expect(meanwhile.state == "running")
            #expect(meanwhile.slurmState == "SUSPENDED")
            _ = try await Slurm.run("scontrol", "resume", job)
            let resumed = try await task.event(saying: "RUNNING", after: stopped.id)
            #expect(resumed.message == "The job goes on after it was suspended.")
            try task.openGate()
            try await task.until("succeeded")
            #expect(try await task.attempts().count == 1)
            try await task.expectNoStepBack()
        }
    }

    @Test(
        "A job that is requeued by hand runs again in the same attempt; the state never goes back",
        arguments: ["requeue", "requeuehold"])
    func requeued(verb: String) async throws {
        try await withTestServer { server in
            let task = try await server.submit(TaskConfig(), .gated)
            let job = "\(try #require(try await task.until("running").jobID))"
            _ = try await Slurm.run("scontrol", "update", "JobId=\(job)", "Requeue=1")
            _ = try await Slurm.run("scontrol", verb, job)
            try await Patience.until("the restart is on record") {
                try await task.restarts() == 1
            }
            let waiting = try await task.now()
            #expect(waiting.state == "running")
            #expect(waiting.pendingReason != nil)
            if verb == "requeuehold" {
                // Slurm lets go of a job only when its first run is over.
                try await Patience.until("the held job is released") {
                    _ = try? await Slurm.run("scontrol", "release", job)
                    let details = try await Slurm.details(of: Int64(job) ?? 0)
                    return details["Reason"] == "BeginTime" || details["JobState"] == "RUNNING"
                }
            }
            try task.openGate()
            let ended = try await task.until("succeeded", within: .seconds(240))
            #expect("\(ended.jobID ?? 0)" == job)
            #expect(try await task.restarts() == 1)
            #expect(try await task.log().contains("was requeued (restart 1) and begins attempt 1 again"))
            try await task.expectOneJob(forAttempts: 1)
            try await task.expectNoStepBack()
        }
    }

    @Test("A job that misses the deadline that an operator set ends its task failed by timeout, in Slurm's word")
    func deadline() async throws {
        try await withTestServer(.spare()) { server in
            let first = try await server.submit(Self.tight, .gated)
            try await first.until("running")
            let late = try await server.submit(Self.tight)
            let job = try #require(try await late.until("pending").jobID)
            _ = try await Slurm.run("scontrol", "update", "JobId=\(job)", "Deadline=now+2")
            let ended = try await late.until("failed")
            #expect(ended.reason == "timeout")
            #expect(ended.slurmState == "DEADLINE")
            #expect(ended.message?.contains("deadline") == true)
            try first.openGate()
            try await first.until("succeeded")
        }
    }

    private static let tight = TaskConfig(
        partition: "tight", resources: ["time": .integer(5), "cpus": .integer(1)])
}
