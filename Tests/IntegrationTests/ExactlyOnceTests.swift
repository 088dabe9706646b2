import Foundation
import SlipwayAPI
import Testing

@Suite("Each attempt is one job")
struct ExactlyOnceTests {
    @Test("A server that is killed while jobs wait, run and end goes on where it was")
    func killed() async throws {
        try await withTestServer(ServerSettings(tools: ["sbatch": Tools.holding])) { server in
            var waiting: [TestTask] = []
            var running: [TestTask] = []
            var ending: [TestTask] = []
            for number in 1...2 {
                waiting.append(try await server.submit(TaskConfig(experiment: "waiting \(number)")))
                running.append(try await server.submit(TaskConfig(experiment: "running \(number)"), .gated))
            }
            for task in waiting { try await task.until("pending") }
            for task in running { try await task.until("running") }
            for number in 1...2 {
                ending.append(try await server.submit(TaskConfig(experiment: "ending \(number)")))
            }
            try await server.kill()
            // One runs on until the server is back, one ends unseen.
            try running[0].openGate()
            try await server.start()
            try await server.kill()
            try running[1].openGate()
            try await server.start()
            let held = try await Slurm.queue(under: server.folder, all: false).filter { $0.name.hasPrefix("waiting") }
            #expect(held.count == 2)
            _ = try await Slurm.run("scontrol", ["release"] + held.map { "\($0.id)" })
            for task in waiting + running + ending {
                try await task.until("succeeded")
                #expect(try await task.attempts().count == 1)
            }
            try await expectOneJob(for: waiting + running + ending, under: server.folder)
        }
    }

    @Test("A server that is killed while sbatch works finds the job afterwards")
    func killedInSubmission() async throws {
        try await withTestServer(ServerSettings(commandTimeout: 3, tools: ["sbatch": Tools.gated])) { server in
            let task = try await server.submit()
            try await Patience.until("sbatch is called") { server.hasTool("called") }
            try await server.kill()
            try server.touchTool("gate")
            try await server.start()
            try await task.until("succeeded")
            try await expectOneJob(for: [task], under: server.folder)
        }
    }
}
