import SlipwayAPI
import Testing

@Suite("Limits of accounts and partitions")
struct LimitTests {
    @Test("A job that a QOS holds back says which limit, and starts when others have ended")
    func qualityOfService() async throws {
        try await withTestServer(.spare()) { server in
            let config = TaskConfig(partition: "tight", resources: ["time": .integer(5), "cpus": .integer(1)])
            let first = try await server.submit(config, .gated)
            try await first.until("running")
            let second = try await server.submit(config)
            try await second.until("pending")
            try await Patience.until("the QOS is named") {
                try await second.now().pendingReason == "QOSGrpCpuLimit"
            }
            try first.openGate()
            try await first.until("succeeded")
            try await second.until("succeeded")
        }
    }

    @Test("Tasks beyond an account's limit of submitted jobs wait for their turn, and are submitted once each")
    func submittedJobs() async throws {
        try await withTestServer(.spare(accounts: ["twinscie", "limited"])) { server in
            var tasks: [TestTask] = []
            for number in 1...2 {
                let task = try await server.submit(Self.limited(number), .gated)
                try await task.until("running")
                tasks.append(task)
            }
            let third = try await server.submit(Self.limited(3))
            let refusal = try await third.follow { $0.raw?.contains("AssocMaxSubmitJobLimit") == true }
            #expect(refusal?.state == "submitting")
            #expect(refusal?.witness == "sbatch")
            let waiting = try await third.now()
            #expect(waiting.state == "submitting")
            #expect(waiting.jobID == nil)
            #expect(waiting.message?.contains("Slurm takes no more jobs at the moment") == true)
            for task in tasks { try task.openGate() }
            for task in tasks + [third] {
                try await task.until("succeeded", within: .seconds(180))
                try await task.expectOneJob(forAttempts: 1)
            }
        }
    }

    private static func limited(_ number: Int) -> TaskConfig {
        TaskConfig(experiment: "limited \(number)", account: "limited")
    }
}
