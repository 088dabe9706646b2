import SlipwayAPI
import Testing

@Suite("A node fails under its jobs", .serialized)
struct NodeFailureTests {
    @Test("The node of two tasks dies: one is tried again on another node, one asked for no retries and ends failed")
    func death() async throws {
        try await withTestServer(.spare(), use: .exclusive) { server in
            let (node, spare) = (server.environment.node, server.environment.spareNode)
            let patient = try await server.submit(TaskConfig(experiment: "patient", partition: "fragile"), .gated)
            let once = try await server.submit(
                TaskConfig(experiment: "once", partition: "fragile", further: ["retries": .integer(0)]), .gated)
            for task in [patient, once] { #expect(try await task.until("running").node == spare) }
            try await Breakage(environment: server.environment).without(node: spare) {
                // Slurm takes its time to notice, and nobody claims to know before. On a slow machine that time may
                // be over.
                var states: [String] = []
                for task in [patient, once] { states.append(try await task.now().state) }
                if try await !Self.isDown(spare) { #expect(states == ["running", "running"]) }
                let failed = try await once.until("failed")
                #expect(failed.reason == "node_failure")
                #expect(failed.slurmState == "NODE_FAIL")
                #expect(failed.message == "The node \(spare) failed (NODE_FAIL).")
                #expect(try await patient.until("running", attempt: 2).node == node)
                try patient.openGate()
                #expect(try await patient.until("succeeded", attempt: 2).attempt == 2)
            }
            let attempts = try await patient.attempts()
            #expect(attempts.map(\.state) == ["failed", "succeeded"])
            #expect(attempts.map(\.node) == [spare, node])
            #expect(attempts[0].reason == "node_failure")
            #expect(attempts[0].slurmState == "NODE_FAIL")
            #expect(try patient.script(ofAttempt: 2).contains("#SBATCH --exclude=\(spare)\n"))
            let event = try await patient.event(saying: "NODE_FAIL")
            #expect(event.state == "queued")
            #expect(event.attempt == 1)
            #expect(["squeue", "sacct"].contains(event.witness))
            #expect(event.message?.contains("Attempt 2 follows without \(spare)") == true)
            try await patient.expectOneJob(forAttempts: 2)
            try await once.expectOneJob(forAttempts: 1)
            try await patient.expectNoStepBack()
        }
    }

    @Test("An operator sets a node down: its task goes on on another one at once, in a second attempt")
    func setDown() async throws {
        try await withTestServer(.spare(), use: .exclusive) { server in
            let spare = server.environment.spareNode
            let task = try await server.submit(TaskConfig(partition: "fragile"), .gated)
            #expect(try await task.until("running").node == spare)
            _ = try await Slurm.run("scontrol", "update", "NodeName=\(spare)", "State=DOWN", "Reason=broken")
            // It comes back by itself when its daemon registers again.
            try await Patience.until("the node \(spare) is back") { try await !Self.isDown(spare) }
            try await task.until("running", attempt: 2)
            try task.openGate()
            try await task.until("succeeded", attempt: 2)
            #expect(try await task.attempts().map(\.reason) == ["node_failure", nil])
            try await task.expectOneJob(forAttempts: 2)
        }
    }

    /// Whether Slurm has taken a node out of service.
    private static func isDown(_ node: String) async throws -> Bool {
        try await Slurm.run("sinfo", "--noheader", "--nodes=\(node)", "--format=%T").contains("down")
    }
}
