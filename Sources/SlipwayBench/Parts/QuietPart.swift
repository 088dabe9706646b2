import Foundation

/// How often Slurm is asked, with one job and with many.
struct QuietPart: BenchPart {
    func measure(_ bench: Bench) async throws -> [Figure] {
        let many = bench.bound(500, quick: 50)
        let seconds = bench.bound(60.0, quick: 15)
        let sample = Sample(
            workplace: bench.workplace, experiment: "bench_quiet_\(getpid())", isWaitingForever: true)
        do {
            let figures = try await ServerUnderTest.with(bench, folder: "quiet") { server in
                let request = try sample.request().bytes(token: server.token)
                var figures: [Figure] = []
                var jobs = 0
                for goal in [1, many] {
                    let load = Load(
                        requests: [request], connections: min(8, goal - jobs), bound: .requests(goal - jobs))
                    _ = try await load.run(port: server.port)
                    jobs = goal
                    try await server.waitForTasks(jobs, in: ["pending"], seconds: 120, every: .milliseconds(200))
                    // The Monitor asks more often while something changes.
                    try await Task.sleep(for: .seconds(15))
                    figures += try await Self.calls(server, jobs: jobs, seconds: seconds)
                }
                return figures
            }
            await sample.cancelJobs()
            return figures
        } catch {
            await sample.cancelJobs()
            throw error
        }
    }

    private static func calls(_ server: ServerUnderTest, jobs: Int, seconds: Double) async throws -> [Figure] {
        let start = ContinuousClock.now
        let before = try await server.metrics()
        try await Task.sleep(for: .seconds(seconds))
        let after = try await server.metrics()
        let minutes = (ContinuousClock.now - start) / .seconds(60)
        return ["squeue", "sacct"].map { command in
            let calls = server.calls(of: command, in: after) - server.calls(of: command, in: before)
            return Figure(
                "\(command) calls, active jobs: \(jobs)", calls / minutes, "/min",
                "\(Int(calls)) in \(Figure.short(minutes * 60)) s; poll_interval 1 s, at most 5 s while nothing changes"
            )
        }
    }
}
