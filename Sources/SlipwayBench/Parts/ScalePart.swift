import Foundation
import Postgres

/// One server beside tens, thousands, ten thousands of active jobs, with and without a million ended tasks: what has
/// ended is to cost nothing, what is active little.
struct ScalePart: BenchPart {
    private static let active = [10, 1000, 10_000]
    /// Jobs that start in a second while the last figures are taken.
    private static let startsPerSecond = 5

    func measure(_ bench: Bench) async throws -> [Figure] {
        let folder = bench.workplace.folder + "/scale"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let postgres = EmbeddedPostgres(
            dataFolder: folder + "/postgres", binFolder: bench.workplace.postgresBinaries, logger: bench.logger)
        try await postgres.start()
        do {
            let figures = try await measure(bench, folder: folder, postgres)
            await postgres.stop()
            return figures
        } catch {
            await postgres.stop()
            throw error
        }
    }

    private func measure(_ bench: Bench, folder: String, _ postgres: EmbeddedPostgres) async throws -> [Figure] {
        let ended = bench.bound(1_000_000, quick: 100_000)
        let seconds = bench.bound(30.0, quick: 15)
        let slurm = try SlurmStandIn(in: folder)
        let database = ScaleDatabase(workplace: bench.workplace, url: postgres.url, folder: folder)
        let postmaster = postgres.processIdentifier ?? 0
        try await seed(bench, slurm, postgres)
        var grid = ScaleGrid()
        for count in [0, ended] {
            if count > 0 {
                bench.say("  adding \(Figure.whole(count)) ended tasks")
                try await database.addEnded(count)
            }
            for active in Self.active {
                let jobs = try await prepare(active, database, slurm, dataRoot: folder + "/data")
                bench.say("  \(Figure.whole(active)) active, \(Figure.whole(count)) ended")
                let figures = try await with(bench, slurm, postgres, user: "bench-\(count)-\(active)") { server in
                    // The first cycle notes everybody's place in the queue.
                    try await Task.sleep(for: .seconds(seconds / 3))
                    let cell = ScaleCell(
                        server: server, database: database, postmaster: postmaster, seconds: seconds,
                        loadSeconds: bench.bound(2, quick: 1))
                    var figures = try await cell.measure()
                    if active == Self.active.last {
                        figures += try await Self.whileStarting(jobs, slurm) { try await cell.atRest() }.map {
                            Figure("\(Self.startsPerSecond) starts/s: \($0.what)", $0.value, $0.unit, $0.bound)
                        }
                    }
                    return figures
                }
                grid.add(figures, at: ScaleGrid.Size(active: active, ended: count))
                for figure in figures { bench.say("    \(figure.what): \(figure.valueText) \(figure.unit)") }
            }
        }
        return grid.figures
    }

    /// The task that all others are made after.
    private func seed(_ bench: Bench, _ slurm: SlurmStandIn, _ postgres: EmbeddedPostgres) async throws {
        let sample = Sample(workplace: bench.workplace, experiment: "bench_scale")
        try await with(bench, slurm, postgres, user: "bench") { server in
            let request = try sample.request()
            try await server.ask(request)
            // The stand-in refuses it.
            let end = ContinuousClock.now + .seconds(60)
            while String(decoding: try await server.ask(.get("/api/v1/tasks?state=failed")), as: UTF8.self).contains(
                "bench_scale") == false
            {
                guard ContinuousClock.now < end else { throw BenchError(.answer, "the first task was not refused") }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    private func with<Value: Sendable>(
        _ bench: Bench, _ slurm: SlurmStandIn, _ postgres: EmbeddedPostgres, user: String,
        _ body: @escaping @Sendable (ServerUnderTest) async throws -> Value
    ) async throws -> Value {
        try await ServerUnderTest.with(
            bench, folder: "scale",
            adjust: {
                $0.pathBefore = slurm.folder
                $0.databaseURL = postgres.url
                $0.user = user
            }, body)
    }

    /// Puts the database, the folders and the queue in agreement.
    private func prepare(
        _ count: Int, _ database: ScaleDatabase, _ slurm: SlurmStandIn, dataRoot: String
    ) async throws -> [SlurmStandIn.Job] {
        try await database.setActive(count)
        let jobs = try await database.active().map { task in
            SlurmStandIn.Job(
                id: task.jobID, folder: "\(dataRoot)/tasks/\(task.id)/attempts/1", isRunning: task.isRunning)
        }
        for job in jobs {
            try FileManager.default.createDirectory(atPath: job.folder, withIntermediateDirectories: true)
        }
        try slurm.show(jobs)
        return jobs
    }

    /// Lets jobs start, one after the other, while `body` works.
    private static func whileStarting<Value: Sendable>(
        _ jobs: [SlurmStandIn.Job], _ slurm: SlurmStandIn, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var jobs = jobs
                var next = jobs.firstIndex { !$0.isRunning } ?? jobs.endIndex
                while !Task.isCancelled {
                    for index in next..<min(next + startsPerSecond, jobs.endIndex) { jobs[index].isRunning = true }
                    next = min(next + startsPerSecond, jobs.endIndex)
                    try slurm.show(jobs)
                    try? await Task.sleep(for: .seconds(1))
                }
            }
            defer { group.cancelAll() }
            return try await body()
        }
    }
}
