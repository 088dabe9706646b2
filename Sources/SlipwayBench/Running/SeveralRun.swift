import Foundation

/// Several servers on one data root and one database, and the tasks that they share.
struct SeveralRun: Sendable {
    let bench: Bench
    let folder: String
    /// Of the database.
    let url: String
    let sample: Sample
    let count: Int

    private var database: ScaleDatabase { ScaleDatabase(workplace: bench.workplace, url: url, folder: folder) }

    func with<Value: Sendable>(
        _ name: String, _ body: @escaping @Sendable (ServerUnderTest) async throws -> Value
    ) async throws -> Value {
        try await ServerUnderTest.with(
            bench, folder: "several/\(name)",
            adjust: {
                $0.databaseURL = url
                $0.user = name
                $0.sharedDataRoot = folder + "/data"
                $0.commandTimeout = 10
            }, body)
    }

    /// Posts all tasks, through every server as many.
    func post(through servers: [ServerUnderTest]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, server) in servers.enumerated() {
                let share = count / servers.count + (index < count % servers.count ? 1 : 0)
                let request = try sample.request().bytes(token: server.token)
                group.addTask {
                    _ = try await Load(requests: [request], connections: 8, bound: .requests(share))
                        .run(port: server.port)
                }
            }
            try await group.waitForAll()
        }
    }

    /// - Returns: Seconds until the server followed the cluster.
    @discardableResult
    func untilFollowing(_ server: ServerUnderTest) async throws -> Double {
        let start = ContinuousClock.now
        while try await !server.isFollowing() {
            guard ContinuousClock.now - start < .seconds(60) else {
                throw BenchError(.answer, "after a minute the server still does not follow the cluster")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        return (ContinuousClock.now - start) / .seconds(1)
    }

    /// Waits until so many tasks have ended.
    func untilEnded(_ wanted: Int) async throws {
        let end = ContinuousClock.now + .seconds(1800)
        while true {
            let ended = Int(try await number("SELECT count(*) FROM tasks WHERE finished_at IS NOT NULL"))
            if ended >= wanted { return }
            guard ContinuousClock.now < end else {
                throw BenchError(.answer, "after 30 minutes only \(ended) of \(wanted) tasks have ended")
            }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    /// What became of the tasks, by the database and by Slurm's accounting.
    func outcome() async throws -> [Figure] {
        let right = try await number(
            """
            SELECT count(*) FROM tasks t JOIN model_versions v ON v.task_id = t.id AND v.published_at IS NOT NULL
            WHERE t.state = 'succeeded'
            """)
        let attempts = try await number("SELECT count(*) FROM attempts")
        let twice = try await number(
            """
            SELECT count(*) FROM (
                SELECT FROM events WHERE witness <> 'sbatch' OR state <> 'submitting'
                GROUP BY task_id, attempt, state HAVING count(*) > 1) twice
            """)
        let jobs = try await jobs(atLeast: Int(attempts))
        let perAttempt = Dictionary(grouping: jobs, by: \.folder).mapValues(\.count)
        let ended = jobs.count { $0.state == "COMPLETED" }
        return [
            Figure("tasks that succeeded, each with its model", right, "", "of \(Figure.whole(count)) accepted"),
            Figure("attempts", attempts, "", "by the database"),
            Figure("jobs", Double(jobs.count), "", "by sacct; COMPLETED: \(Figure.whole(ended))"),
            Figure("most jobs of one attempt", Double(perAttempt.values.max() ?? 0), "", "by sacct"),
            Figure("attempts without a job", attempts - Double(perAttempt.count), "", "by sacct"),
            Figure("events that came twice", twice, "", "by the database"),
        ]
    }

    /// Every job of the run, as accounting knows it when it knows the ends of so many.
    private func jobs(atLeast wanted: Int) async throws -> [(folder: String, state: String)] {
        let end = ContinuousClock.now + .seconds(60)
        while true {
            let text = try await Command.run(
                "sacct",
                [
                    "--allocations", "--duplicates", "--noheader", "--parsable2", "--starttime=now-2hours",
                    "--name=\(sample.experiment)", "--format=WorkDir,State",
                ])
            let jobs = text.split(separator: "\n").map { line in
                let words = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
                return (folder: words.first ?? "", state: words.last ?? "")
            }
            let open = jobs.contains { ["PENDING", "RUNNING", "COMPLETING"].contains($0.state) }
            if !open, jobs.count >= wanted || ContinuousClock.now > end { return jobs }
            guard ContinuousClock.now < end + .seconds(60) else {
                throw BenchError(.answer, "accounting still shows jobs of the run that have not ended")
            }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    private func number(_ query: String) async throws -> Double {
        let text = try await database.run(query).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let number = Double(text) else { throw BenchError(.answer, "“\(query)” was answered “\(text)”") }
        return number
    }
}
