import Foundation
import SlipwayAPI
import Testing

@Suite("Several servers share a database and a data root")
struct SeveralServersTests {
    /// Seconds within which another server has to follow: a lease of 6 that is tried for every 1.5, and a slow, busy
    /// machine.
    private static let takeover = 30.0

    @Test("Tasks posted to both at once: claims never collide, each attempt is one job, each version is one task's")
    func both() async throws {
        try await withTwoServers { first, second in
            let tasks = try await withThrowingTaskGroup(of: [TestTask].self) { group in
                for server in [first, second] {
                    group.addTask {
                        var tasks: [TestTask] = []
                        for _ in 1...10 { tasks.append(try await server.submit(TaskConfig(experiment: "both"))) }
                        return tasks
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            var versions: [Int] = []
            for task in tasks {
                versions.append(try await task.until("succeeded").model?.version ?? 0)
                try await task.expectEventsOnce()
            }
            #expect(versions.sorted() == Array(1...20))
            try await expectOneJob(for: tasks, under: first.folder)
            let calls = (try await first.calls(of: "sbatch"), try await second.calls(of: "sbatch"))
            #expect(calls.0 + calls.1 == 20)
            #expect(calls.0 > 0 && calls.1 > 0)
            #expect(try await first.isFollowing())
            #expect(try await second.calls(of: "squeue") == 0)
        }
    }

    @Test("The server that follows the cluster is killed: the other takes over, and all tasks end right")
    func killed() async throws {
        let settings = ServerSettings(commandTimeout: 3)
        try await withTwoServers(settings, settings) { first, second in
            var gated: [TestTask] = []
            for server in [first, second, first] {
                gated.append(try await server.submit(TaskConfig(experiment: "gated"), .gated))
            }
            for task in gated { try await task.until("running") }
            var tasks = gated
            for number in 1...8 {
                tasks.append(try await (number % 4 == 0 ? second : first).submit(TaskConfig(experiment: "quick")))
            }
            try await first.kill()
            try gated[0].openGate()
            try await Self.expectTakeover(by: second, "the follower was killed")
            tasks.append(try await second.submit(TaskConfig(experiment: "afterwards")))
            for task in gated.dropFirst() { try task.openGate() }
            tasks = tasks.map { $0.through(second) }
            for task in tasks {
                try await task.until("succeeded")
                try await task.expectEventsOnce()
            }
            try await expectOneJob(for: tasks, under: first.folder)
        }
    }

    @Test("The server that follows the cluster stands still and wakes with an old answer: it does no harm")
    func paused() async throws {
        let tools = ["sbatch": Tools.holding, "squeue": Tools.lateQueue]
        // Its squeue may take as long as the pause: the old answer is to be read, not given up.
        let settings = ServerSettings(commandTimeout: 120, tools: tools)
        try await withTwoServers(settings, ServerSettings(tools: ["sbatch": Tools.holding])) { first, second in
            var tasks: [TestTask] = []
            for number in 1...2 {
                tasks.append(try await first.submit(TaskConfig(experiment: "waiting \(number)"), .gated))
            }
            for task in tasks { try await task.until("pending") }
            // What it has asked for while the jobs wait it is told when they run, and learns when they have ended.
            try first.touchTool("hold")
            try await Patience.until("squeue is called") { first.hasTool("held") }
            try await Self.release(under: first.folder)
            try first.touchTool("read")
            try await Patience.until("squeue has an answer") { first.hasTool("answered") }
            first.pause()
            let start = ContinuousClock.now
            try first.touchTool("print")
            try await Self.expectTakeover(by: second, "the follower stood still")
            tasks.append(try await second.submit(TaskConfig(experiment: "meanwhile")))
            for task in tasks.prefix(2) { try task.openGate() }
            tasks = tasks.map { $0.through(second) }
            for task in tasks { try await task.until("succeeded") }
            try await Patience.until("the pause is over") { ContinuousClock.now - start > .seconds(20) }
            first.resume()
            for server in [first, second] {
                tasks.append(try await server.submit(TaskConfig(experiment: "afterwards")))
            }
            for task in tasks {
                try await task.until("succeeded")
                try await task.expectEventsOnce()
            }
            try await expectOneJob(for: tasks, under: first.folder)
            // It has read the old answer, and left it alone.
            #expect(first.wholeLog.contains("Another server follows this cluster now"))
            #expect(try await !first.isFollowing())
            #expect(try await second.isFollowing())
        }
    }

    /// When the jobs of a server that stands still reach Slurm, if ever.
    enum Arrival: CaseIterable {
        case never
        case beforeTheSearch
        case afterTheOthersJob
    }

    @Test(
        "A server stands still while it submits: its tasks are the other's, and no script runs twice",
        arguments: Arrival.allCases)
    func pausedInSubmission(arrival: Arrival) async throws {
        // Its sbatch is still waiting when it stands still, also on a busy machine.
        let settings = ServerSettings(commandTimeout: 8, tools: ["sbatch": Tools.detached])
        try await withTwoServers(settings, ServerSettings(commandTimeout: 3), isSecondStarted: false) { first, second in
            var tasks = try await withThrowingTaskGroup(of: TestTask.self) { group in
                for _ in 1...6 {
                    group.addTask { try await first.submit(TaskConfig(experiment: "\(arrival)"), .counted) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            try await Patience.until("sbatch is called") { first.hasTool("calls") }
            first.pause()
            try await second.start()
            switch arrival {
            case .never, .afterTheOthersJob: break
            case .beforeTheSearch: try first.touchTool("gate")
            }
            try await Self.expectTakeover(by: second, "the submitting server stood still, its jobs arrive \(arrival)")
            tasks = tasks.map { $0.through(second) }
            for task in tasks { try await task.until("succeeded") }
            let calls = try String(contentsOfFile: first.toolsFolder + "/calls", encoding: .utf8)
                .split(separator: "\n").count
            switch arrival {
            case .never, .beforeTheSearch: break
            case .afterTheOthersJob:
                try first.touchTool("gate")
                // The late ones find the attempt taken, and end without work.
                try await Patience.until("the late jobs have ended") {
                    let jobs = try await Slurm.accounting(under: first.folder)
                    return jobs.count { $0.state == "FAILED" } == calls && jobs.count == 6 + calls
                }
            }
            first.resume()
            tasks.append(try await second.submit(TaskConfig(experiment: "afterwards"), .counted))
            for task in tasks {
                try await task.until("succeeded")
                #expect(task.runs() == 1)
                #expect(try await task.attempts().count == 1)
            }
            try await Patience.until("the first server answers") { try await first.get("/healthz").status == 200 }
            switch arrival {
            case .never, .beforeTheSearch: try await expectOneJob(for: tasks, under: first.folder)
            case .afterTheOthersJob: try await Slurm.untilNone(under: first.folder)
            }
        }
    }

    private static func expectTakeover(by server: TestServer, _ what: String) async throws {
        let start = ContinuousClock.now
        try await Patience.until("the other server follows the cluster", within: .seconds(60)) {
            try await server.isFollowing()
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        print("Seconds until the other server followed, \(what): \(String(format: "%.1f", seconds))")
        #expect(seconds < takeover)
    }

    /// Releases the jobs that were handed over with `--hold`, and waits until they run.
    private static func release(under folder: String) async throws {
        let held = try await Slurm.queue(under: folder, all: false)
        _ = try await Slurm.run("scontrol", ["release"] + held.map { "\($0.id)" })
        try await Patience.until("the jobs run") {
            try await Slurm.queue(under: folder, all: false).count { $0.state == "RUNNING" } == held.count
        }
    }
}
