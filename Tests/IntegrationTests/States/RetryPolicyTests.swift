import SlipwayAPI
import Testing

@Suite("What is tried again because the config says so")
struct RetryPolicyTests {
    @Test("A script that writes a checkpoint when its time ends goes on from it in the next attempt")
    func checkpoint() async throws {
        try await withTestServer { server in
            let config = TaskConfig(
                resources: ["time": .integer(1)], further: ["resume": .bool(true), "signal_before": .integer(50)])
            let task = try await server.submit(config, .checkpointed)
            let ended = try await task.until("succeeded", attempt: 2, within: .seconds(240))
            #expect(ended.attempt == 2)
            let attempts = try await task.attempts()
            #expect(attempts.map(\.state) == ["failed", "succeeded"])
            #expect(attempts[0].reason == "timeout")
            let log = try await task.log()
            #expect(log.contains("goes on from step 7"))
            try await task.expectOneJob(forAttempts: 2)
        }
    }

    @Test("A task that ran out of memory is tried again with more, where it says by how much")
    func memory() async throws {
        try await withTestServer { server in
            let config = TaskConfig(
                resources: ["memory": .string("300M")], further: ["memory_factor": .number(4)])
            let task = try await server.submit(config, .needing(megabytes: 500))
            try await task.until("succeeded", attempt: 2)
            #expect(try await task.attempts().map(\.reason) == ["out_of_memory", nil])
            #expect(try task.script(ofAttempt: 1).contains("#SBATCH --mem=300M\n"))
            #expect(try task.script(ofAttempt: 2).contains("#SBATCH --mem=1200M\n"))
        }
    }

    @Test("A script's own failure is tried again only where the config asks for it, and only so often")
    func exitCode() async throws {
        try await withTestServer { server in
            let further: [String: JSONValue] = [
                "retries": .integer(1), "retry_on": .array([.string("exit_code")]),
            ]
            let lucky = try await server.submit(TaskConfig(further: further), .failing(attempts: 1))
            let luckless = try await server.submit(TaskConfig(further: further), .failing(attempts: 9))
            let silent = try await server.submit(TaskConfig(further: ["retries": .integer(1)]), .failing(attempts: 1))
            try await lucky.until("succeeded", attempt: 2)
            let ended = try await luckless.until("failed", attempt: 2)
            #expect(ended.reason == "exit_code")
            #expect(ended.message?.hasSuffix("No retry is left of 1.") == true)
            try await silent.until("failed")
            #expect(try await lucky.attempts().map(\.exitCode) == [5, 0])
            #expect(try await luckless.attempts().map(\.exitCode) == [5, 5])
            #expect(try await silent.attempts().map(\.exitCode) == [5])
        }
    }
}
