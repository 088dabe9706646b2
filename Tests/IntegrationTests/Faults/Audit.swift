import Foundation

/// Compares what was promised to clients with what the database, the folders and Slurm say once all is quiet.
struct Audit: Sendable {
    /// The data root.
    let folder: String
    let records: AuditRecords
    /// Every job that accounting knows in the tasks' folders, once, by the attempt's folder.
    let jobs: [String: Set<Int64>]
    /// Jobs that the guard in their script stopped.
    let stopped: Int

    init(folder: String, records: AuditRecords, jobs: [String: Set<Int64>], stopped: Int = 0) {
        self.folder = folder
        self.records = records
        self.jobs = jobs
        self.stopped = stopped
    }

    /// Waits until the tasks have ended, Slurm has no job of them and accounting knows the ends, then looks.
    init(of server: TestServer, within limit: Duration = .seconds(120)) async throws {
        folder = server.folder
        try? await Patience.until("all tasks have ended", within: limit) {
            try await server.sql("SELECT count(*) FROM tasks WHERE finished_at IS NULL") == "0"
        }
        try? await Slurm.untilNone(under: server.folder)
        let going = ["PENDING", "RUNNING", "COMPLETING", "SUSPENDED", "REQUEUED"]
        let accounting = try await Patience.value("accounting knows the ends of all jobs") {
            let jobs = try await Slurm.accounting(under: server.folder)
            return jobs.contains { going.contains($0.state) } ? nil : jobs
        }
        records = try AuditRecords(try await server.sql(AuditRecords.query))
        jobs = Dictionary(grouping: accounting, by: \.folder).mapValues { Set($0.map(\.id)) }
        let claims = Set(
            jobs.keys.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: $0 + "/claim") })
        stopped = Set(accounting.filter { $0.state == "FAILED" && !claims.contains("\($0.id)") }.map(\.id)).count
    }

    /// - Parameter promised: The end that each task has to come to, of all tasks that were answered 201.
    func findings(promised: [String: ExpectedEnd]) throws -> [Finding] {
        ends(promised) + steps() + jobFindings() + (try versions()) + folders()
    }

    private func ends(_ promised: [String: ExpectedEnd]) -> [Finding] {
        promised.sorted { $0.key < $1.key }.compactMap { id, end in
            guard let task = records.tasks[id] else {
                return Finding(kind: .lost, task: id, words: "it was answered 201 and has no row")
            }
            guard ["succeeded", "failed", "cancelled"].contains(task.state) else {
                return Finding(kind: .lost, task: id, words: "it is \(task.state)")
            }
            let isRight =
                task.state == end.state && task.reason == end.reason
                && (end.attempts == nil || task.attempt == end.attempts)
            return isRight
                ? nil
                : Finding(
                    kind: .wrongEnd, task: id,
                    words: "it is \(task.state) \(task.reason ?? "") after \(task.attempt) attempts, not \(end)")
        }
    }

    /// No state goes back within an attempt, nothing follows a final one.
    private func steps() -> [Finding] {
        let order = ["submitting", "pending", "running", "collecting", "succeeded", "failed", "cancelled"]
        var ranks: [String: Int] = [:]
        var findings: [Finding] = []
        for event in records.events where event.attempt > 0 && event.state != "queued" {
            let key = "\(event.task)/\(event.attempt)"
            let rank = order.firstIndex(of: event.state) ?? -1
            if let last = ranks[key], rank < last || last >= 4 {
                findings.append(
                    Finding(
                        kind: .wrongEnd, task: event.task,
                        words: "attempt \(event.attempt) went from \(order[last]) to \(event.state)"))
            }
            ranks[key] = rank
        }
        return findings
    }

    private func jobFindings() -> [Finding] {
        var findings: [Finding] = []
        var known: Set<String> = []
        for attempt in records.attempts {
            let path = "\(folder)/tasks/\(attempt.task)/attempts/\(attempt.number)"
            known.insert(path)
            let own = jobs[path] ?? []
            if own.count > 1 {
                findings.append(
                    Finding(
                        kind: .doubled, task: attempt.task, words: "attempt \(attempt.number) has jobs \(own.sorted())")
                )
            }
            // A job that was cancelled before it could run is not known to accounting.
            let mayHaveNone = attempt.state == "cancelled" && own.isEmpty
            if !mayHaveNone, attempt.jobID.map({ own.contains($0) }) != true {
                findings.append(
                    Finding(
                        kind: .wrongEnd, task: attempt.task,
                        words: "attempt \(attempt.number) is \(attempt.state) with job \(attempt.jobID ?? 0), "
                            + "accounting knows \(own.sorted())"))
            }
        }
        for path in jobs.keys.sorted() where !known.contains(path) {
            findings.append(Finding(kind: .orphan, task: nil, words: "a job in \(path), which is no attempt's folder"))
        }
        return findings
    }
}
