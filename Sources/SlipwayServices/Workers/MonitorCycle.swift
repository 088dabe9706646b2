import Foundation
import Logging
import SlipwayCore

/// One look at a cluster's jobs, and what follows from it.
struct MonitorCycle {
    let cluster: ClusterConfiguration
    let files: ExitFileReader
    let folders: DataFolders
    let store: any TaskStore
    let scheduler: any BatchScheduler
    let clusters: ClusterService
    let dispatcherBell: HintBell
    let logger: Logger

    /// A job is lost after so many answered questions …
    private static let missesToLose = 5
    /// … over at least so many seconds.
    private static let secondsToLose = 60.0
    /// Seconds within which the shared file system shows a failed job's exit file.
    private static let exitFileLag = 15.0
    /// Seconds after which scancel is called again for a job that goes on.
    private static let cancelAgain = 10.0

    /// - Returns: How many attempts changed their state.
    func run(_ open: [OpenAttempt], memory: inout MonitorMemory) async throws -> Int {
        memory.keep(open.map(\.attempt.id))
        // What is decided by age is decided by the time at which was asked, not by that of the answer.
        let now = Date()
        let queue = Sightings(try await scheduler.queue())
        clusters.update(cluster.name) {
            $0.lastContact = now
            $0.problem = nil
            $0.jobsWaiting = queue.waiting
            $0.jobsRunning = queue.running
        }
        var changes = 0
        var missing: [OpenAttempt] = []
        var unexplained: [OpenAttempt] = []
        for attempt in open {
            guard let sighting = queue.sighting(of: attempt, in: folder(of: attempt)) else {
                missing.append(attempt)
                continue
            }
            memory.misses[attempt.attempt.id] = nil
            let traces = sighting.phase.isEnded ? try await traces(of: attempt, jobID: sighting.jobID) : Traces()
            if sighting.phase == .ended(.failed(.exitCode)), traces.report == nil { unexplained.append(attempt) }
            changes += try await alone(attempt) {
                try await follow(attempt, sighting, leaving: traces, among: queue, at: now)
            }
        }
        changes += try await lookFor(missing, explaining: unexplained, memory: &memory, at: now)
        await cancel(open, queue, memory: &memory, at: now)
        return changes
    }

    private func folder(of open: OpenAttempt) -> String {
        folders.task(open.attempt.id.task).attempt(open.attempt.id.number).path
    }

    /// Acts for one attempt; a fault that is its own does not stop the others.
    private func alone(_ open: OpenAttempt, _ body: () async throws -> Bool) async throws -> Int {
        do {
            return try await body() ? 1 : 0
        } catch let error as SlipwayError where error.code == .unavailable {
            throw error
        } catch {
            logger.error(
                "an attempt could not be followed",
                metadata: ["attempt": "\(open.attempt.id)", "error": "\(String(reflecting: error))"])
            return 0
        }
    }

    /// What jobs of an attempt left in its folder.
    private struct Traces {
        /// The exit file of the job that was asked for.
        var report: AttemptStateMachine.ExitReport?
        /// The job that took the attempt.
        var holder: Int64?
    }

    private func traces(of open: OpenAttempt, jobID: Int64) async throws -> Traces {
        let (id, files) = (open.attempt.id, files)
        return try await BlockingIO.run {
            Traces(report: files.report(of: id, jobID: jobID), holder: files.claimant(of: id))
        }
    }

    /// Acts on what a witness says of an attempt's job; what the job left counts once it has ended.
    private func follow(
        _ open: OpenAttempt, _ sighting: JobSighting, leaving traces: Traces, among sightings: Sightings, at now: Date
    ) async throws -> Bool {
        let id = open.attempt.id
        let report = traces.report
        if sighting.phase.isEnded {
            if report == nil, let holder = traces.holder, holder != sighting.jobID,
                sightings.shows(holder, in: folder(of: open))
            {
                return try await hand(open, to: holder, insteadOf: sighting.jobID, at: now)
            }
            let others = sightings.jobs(in: folder(of: open)).filter { !$0.phase.isEnded }
            // A cancelled attempt has ended when none of its jobs is left, should it ever have had two.
            if open.cancelRequested, !others.isEmpty { return false }
            if report == nil, sighting.phase == .ended(.failed(.exitCode)),
                now.timeIntervalSince(sighting.endedAt ?? now) < Self.exitFileLag
            {
                return false
            }
        }
        if let transition = AttemptStateMachine(open).sighted(sighting, report: report, at: now) {
            return try await store.apply(transition)
        }
        if open.attempt.state == .pending, sighting.phase == .waiting, open.attempt.pendingReason != sighting.detail {
            try await store.note(id, pendingReason: sighting.detail)
        }
        return false
    }

    /// The job that was followed came second and did nothing: the attempt is the other job's.
    private func hand(
        _ open: OpenAttempt, to holder: Int64, insteadOf jobID: Int64, at now: Date
    ) async throws -> Bool {
        logger.warning(
            "an attempt is held by another job of the same submission",
            metadata: ["attempt": "\(open.attempt.id)", "job": "\(jobID)", "holder": "\(holder)"])
        if open.attempt.jobID == nil {
            return try await store.apply(AttemptStateMachine(open).submitted(jobID: holder, at: now))
        }
        try await store.adopt(open.attempt.id, jobID: holder)
        return true
    }

    /// Asks accounting, once for all of them, and the exit files for attempts that the queue does not show.
    ///
    /// - Parameter unexplained: Attempts of which the queue says that they failed, and nobody says why: accounting may
    ///   know, for example that memory ran out.
    private func lookFor(
        _ missing: [OpenAttempt], explaining unexplained: [OpenAttempt], memory: inout MonitorMemory, at now: Date
    ) async throws -> Int {
        let unsubmitted = missing.filter { $0.attempt.jobID == nil && !$0.isReleased && $0.submissionEndsBy < now }
        let vanished = missing.filter { $0.attempt.jobID != nil }
        let known = (vanished + unexplained).compactMap(\.attempt.jobID)
        guard !unsubmitted.isEmpty || !known.isEmpty else { return 0 }
        var accounting: Sightings?
        do {
            if unsubmitted.isEmpty {
                accounting = Sightings(try await scheduler.accounting(jobs: known))
            } else {
                let oldest = unsubmitted.map(\.attempt.createdAt).min() ?? now
                accounting = Sightings(try await scheduler.accounting(since: oldest.addingTimeInterval(-60)))
            }
        } catch {
            clusters.update(cluster.name) { $0.problem = error.message }
        }
        var changes = 0
        for open in unexplained {
            guard let accounting, let sighting = accounting.sighting(of: open, in: folder(of: open)),
                sighting.phase.isEnded, sighting.phase != .ended(.failed(.exitCode))
            else { continue }
            changes += try await alone(open) {
                let traces = try await traces(of: open, jobID: sighting.jobID)
                return try await follow(open, sighting, leaving: traces, among: accounting, at: now)
            }
        }
        for open in vanished {
            // A time window that was chosen for others may begin after this job's end.
            let isAnswered = unsubmitted.isEmpty
            let patience = patience(for: open, isAnswered: accounting != nil && isAnswered, memory: &memory, at: now)
            changes += try await alone(open) {
                try await settle(open, accounting, isLost: patience, at: now)
            }
        }
        for open in unsubmitted {
            changes += try await alone(open) { try await search(open, accounting, at: now) }
        }
        return changes
    }

    /// Counts an answer of both witnesses that may turn out not to know the job.
    ///
    /// - Returns: The misses, once there are enough of them over enough time.
    private func patience(
        for open: OpenAttempt, isAnswered: Bool, memory: inout MonitorMemory, at now: Date
    ) -> MonitorMemory.Misses? {
        guard isAnswered else { return nil }
        var misses = memory.misses[open.attempt.id] ?? MonitorMemory.Misses(count: 0, since: now)
        misses.count += 1
        memory.misses[open.attempt.id] = misses
        let seconds = max(Self.secondsToLose, cluster.accountingLag * 2)
        return misses.count >= Self.missesToLose && now.timeIntervalSince(misses.since) >= seconds ? misses : nil
    }

    /// An attempt whose job left the queue: accounting first, then the exit file, then patience.
    private func settle(
        _ open: OpenAttempt, _ accounting: Sightings?, isLost misses: MonitorMemory.Misses?, at now: Date
    ) async throws -> Bool {
        guard let jobID = open.attempt.jobID else { return false }
        let sighting = accounting?.sighting(of: open, in: folder(of: open))
        let traces = try await traces(of: open, jobID: jobID)
        if let sighting, let accounting, sighting.phase.isEnded {
            return try await follow(open, sighting, leaving: traces, among: accounting, at: now)
        }
        if let report = traces.report {
            return try await store.apply(AttemptStateMachine(open).exitFileRead(report))
        }
        if let holder = traces.holder, holder != jobID, accounting?.shows(holder, in: folder(of: open)) == true {
            return try await hand(open, to: holder, insteadOf: jobID, at: now)
        }
        guard let misses, sighting == nil, open.attempt.state != .lost else { return false }
        return try await store.apply(
            AttemptStateMachine(open).vanished(
                misses: misses.count, over: now.timeIntervalSince(misses.since), at: now))
    }

    /// An attempt that may or may not have become a job. It is handed over again only when both witnesses answered,
    /// late enough for accounting to know, and no job has taken it.
    private func search(_ open: OpenAttempt, _ accounting: Sightings?, at now: Date) async throws -> Bool {
        let id = open.attempt.id
        guard let accounting else { return false }
        if let sighting = accounting.sighting(of: open, in: folder(of: open)) {
            let traces = try await traces(of: open, jobID: sighting.jobID)
            return try await follow(open, sighting, leaving: traces, among: accounting, at: now)
        }
        let files = files
        // A job that took the attempt is there, even when neither witness shows it yet.
        guard try await BlockingIO.run({ files.claimant(of: id) }) == nil,
            now > open.submissionEndsBy.addingTimeInterval(cluster.accountingLag)
        else { return false }
        if open.cancelRequested {
            return try await store.apply(AttemptStateMachine(open).cancelledBeforeSubmission(at: now))
        }
        guard try await store.releaseUnsubmitted(id, accountingLag: cluster.accountingLag) else { return false }
        logger.notice("no job was found for an attempt; it is submitted again", metadata: ["attempt": "\(id)"])
        dispatcherBell.ring()
        return true
    }

    /// Calls scancel, once for all, for the jobs that the queue shows in the folders of attempts to be cancelled: for
    /// no other job, whatever number is on record.
    private func cancel(_ open: [OpenAttempt], _ queue: Sightings, memory: inout MonitorMemory, at now: Date) async {
        var jobs: [Int64] = []
        for open in open where open.cancelRequested {
            let last = memory.cancelled[open.attempt.id] ?? .distantPast
            guard now.timeIntervalSince(last) >= Self.cancelAgain else { continue }
            let alive = queue.jobs(in: folder(of: open)).filter { !$0.phase.isEnded }
            guard !alive.isEmpty else { continue }
            memory.cancelled[open.attempt.id] = now
            jobs += alive.map(\.jobID)
        }
        guard !jobs.isEmpty else { return }
        do {
            try await scheduler.cancel(jobs: jobs)
        } catch {
            clusters.update(cluster.name) { $0.problem = error.message }
        }
    }
}

/// The answer of one witness, by job and by working directory.
struct Sightings {
    private let byJob: [Int64: JobSighting]
    private let byFolder: [String: [JobSighting]]
    let waiting: Int
    let running: Int

    init(_ sightings: [JobSighting]) {
        byJob = Dictionary(sightings.map { ($0.jobID, $0) }, uniquingKeysWith: { _, last in last })
        byFolder = Dictionary(grouping: sightings, by: \.workingDirectory)
        waiting = sightings.count { $0.phase == .waiting }
        running = sightings.count { $0.phase == .running }
    }

    /// What is said of an attempt's job. Slurm uses ids again: a job of the same id in another folder is not ours.
    func sighting(of open: OpenAttempt, in folder: String) -> JobSighting? {
        if let jobID = open.attempt.jobID {
            return byJob[jobID].flatMap { $0.workingDirectory == folder ? $0 : nil }
        }
        let jobs = jobs(in: folder)
        return jobs.first { !$0.phase.isEnded } ?? jobs.first
    }

    /// Every job of one submission.
    func jobs(in folder: String) -> [JobSighting] { byFolder[folder] ?? [] }

    func shows(_ jobID: Int64, in folder: String) -> Bool { jobs(in: folder).contains { $0.jobID == jobID } }
}
