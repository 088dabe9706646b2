import Foundation
import Postgres

/// Hundreds of real jobs through two servers, of which the one that follows the cluster is killed and, when there are
/// two again, the next one stands still for a while: every task is to end right, each attempt to be one job.
struct SeveralPart: BenchPart {
    private static let pause = 20.0

    func measure(_ bench: Bench) async throws -> [Figure] {
        let folder = bench.workplace.folder + "/several"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let postgres = EmbeddedPostgres(
            dataFolder: folder + "/postgres", binFolder: bench.workplace.postgresBinaries, logger: bench.logger)
        try await postgres.start()
        let run = SeveralRun(
            bench: bench, folder: folder, url: postgres.url,
            sample: Sample(
                workplace: bench.workplace, experiment: "bench_several_\(getpid())", script: Self.script),
            count: bench.bound(500, quick: 60))
        do {
            let figures = try await measure(run)
            await run.sample.cancelJobs()
            await postgres.stop()
            return figures
        } catch {
            await run.sample.cancelJobs()
            await postgres.stop()
            throw error
        }
    }

    private func measure(_ run: SeveralRun) async throws -> [Figure] {
        try await run.with("first") { first in
            try await run.untilFollowing(first)
            return try await run.with("second") { second in
                let start = ContinuousClock.now
                try await run.post(through: [first, second])
                let posted = start.duration(to: .now) / .seconds(1)
                try await run.untilEnded(run.count / 5)
                kill(first.processIdentifier, SIGKILL)
                let killed = try await run.untilFollowing(second)
                return try await run.with("third") { third in
                    try await run.untilEnded(run.count / 2)
                    kill(second.processIdentifier, SIGSTOP)
                    let paused = try await run.untilFollowing(third)
                    do {
                        try await Task.sleep(for: .seconds(max(0, Self.pause - paused)))
                    } catch {
                        kill(second.processIdentifier, SIGCONT)
                        throw error
                    }
                    kill(second.processIdentifier, SIGCONT)
                    try await run.untilEnded(run.count)
                    let seconds = (ContinuousClock.now - start) / .seconds(1)
                    let bound = "a lease of 6 s, renewed every 1.5 s"
                    return try await run.outcome() + [
                        Figure("takeover, the follower was killed", killed, "s", bound),
                        Figure("takeover, the follower stood still", paused, "s", "\(bound); it woke after 20 s"),
                        Figure("all tasks accepted", posted, "s", "16 connections"),
                        Figure(
                            "all tasks ended", seconds, "s",
                            "\(Figure.short(Double(run.count) / seconds)) a second, containers included"),
                    ]
                }
            }
        }
    }

    private static let script = """
        import os, time
        time.sleep(0.5)
        with open(os.path.join(os.environ["SLIPWAY_OUTPUT"], "model.txt"), "w") as file:
            file.write("a model\\n")

        """
}
