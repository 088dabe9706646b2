import Foundation
import SlipwayAPI
import Testing

@Suite("A more important job takes the place of a task's", .serialized)
struct PreemptionTests {
    @Test(
        "A task that is preempted is tried again, by a job of its own, whatever the partition does with such jobs",
        arguments: ["low", "requeued"])
    func retried(partition: String) async throws {
        try await withTestServer(.spare()) { server in
            let task = try await server.submit(Self.config(partition), .gated)
            try await task.until("running")
            let rival = try await preempt(for: "4", under: server)
            try await task.until("queued")
            try await task.until("running", attempt: 2)
            try task.openGate()
            try await task.until("succeeded", attempt: 2)
            let attempts = try await task.attempts()
            #expect(attempts.map(\.reason) == ["preempted", nil])
            #expect(attempts[0].slurmState == "PREEMPTED")
            #expect(try await task.event(saying: "PREEMPTED").state == "queued")
            #expect(!attempts.compactMap(\.jobID).contains(rival))
            try await task.expectOneJob(forAttempts: 2)
            try await task.expectNoStepBack()
        }
    }

    @Test("Where the cluster's jobs may be requeued, a preempted task goes on waiting in its one attempt")
    func requeued() async throws {
        try await withTestServer(.spare(clusterLines: ["requeue: true"])) { server in
            let task = try await server.submit(Self.config("requeued"), .gated)
            let first = try await task.until("running")
            _ = try await preempt(for: "1", under: server)
            try await Patience.until("the restart is on record") {
                try await task.restarts() == 1
            }
            #expect(try await task.now().state == "running")
            try task.openGate()
            let ended = try await task.until("succeeded", within: .seconds(180))
            #expect(ended.jobID == first.jobID)
            #expect(try await task.restarts() == 1)
            try await task.expectOneJob(forAttempts: 1)
            try await task.expectNoStepBack()
        }
    }

    private static func config(_ partition: String) -> TaskConfig {
        TaskConfig(partition: partition, resources: ["cpus": .integer(4), "memory": .string("1G")])
    }

    /// A job of somebody else in the partition `high`, which needs the whole node for some seconds.
    private func preempt(for seconds: String, under server: TestServer) async throws -> Int64 {
        let answer = try await Slurm.run(
            "sbatch", "--parsable", "--partition=high", "--cpus-per-task=4", "--mem=64", "--output=/dev/null",
            "--chdir=\(server.folder)", "--wrap=sleep \(seconds)")
        guard let job = Int64(answer.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw TestFailure("sbatch says “\(answer)”")
        }
        return job
    }
}
