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
    /// Seconds after which scancel is called again for a job that goes on.
    private static let cancelAgain = 10.0

    /// - Returns: How many attempts changed their state.
    func run(_ open: [OpenAttempt], memory: inout MonitorMemory) async throws -> Int {
        memory.keep(open.map(\.attempt.id))
        let queue = Sightings(try await scheduler.queue())
        let now = Date()
        clusters.update(cluster.name) {
            $0.lastContact = now
            $0.problem = nil
            $0.jobsWaiting = queue.waiting
            $0.jobsRunning = queue.running
        }
        var seen: [(OpenAttempt, JobSighting)] = []
        var missing: [OpenAttempt] = []
        for attempt in open {
            if let sighting = queue.sighting(of: attempt, in: folder(of: attempt)) {
                seen.append((attempt, sighting))
                memory.misses[attempt.attempt.id] = nil
            } else {
                missing.append(attempt)
            }
        }
        var changes = 0
        for (attempt, sighting) in seen where try await follow(attempt, sighting, at: now) { changes += 1 }
        changes += try await lookFor(missing, memory: &memory, at: now)
        try await cancel(open, memory: &memory, at: now)
        return changes
    }

    private func folder(of open: OpenAttempt) -> String {
        folders.task(open.attempt.id.task).attempt(open.attempt.id.number).path
    }

    /// Acts on what a witness says of an attempt's job.
    private func follow(_ open: OpenAttempt, _ sighting: JobSighting, at now: Date) async throws -> Bool {
        let id = open.attempt.id
        var report: AttemptStateMachine.ExitReport?
        if sighting.phase.isEnded {
            let (jobID, files) = (sighting.jobID, files)
            let found = try await BlockingIO.run { (files.report(of: id, jobID: jobID), files.claimant(of: id)) }
            if found.0 == nil, let claimant = found.1, claimant != jobID {
                // This job came second and did nothing: the attempt is the other job's.
                logger.warning(
                    "an attempt is held by another job of the same submission",
                    metadata: ["attempt": "\(id)", "job": "\(jobID)", "holder": "\(claimant)"])
                if open.attempt.state == .submitting {
                    return try await store.apply(AttemptStateMachine(open).submitted(jobID: claimant, at: now))
                }
                try await store.adopt(id, jobID: claimant)
                return true
            }
            report = found.0
        }
        if let transition = AttemptStateMachine(open).sighted(sighting, report: report, at: now) {
            return try await store.apply(transition)
        }
        if open.attempt.state == .pending, sighting.phase == .waiting, open.attempt.pendingReason != sighting.detail {
            try await store.note(id, pendingReason: sighting.detail)
        }
        return false
    }

    /// Asks accounting, once for all of them, and the exit files for attempts that the queue does not show.
    private func lookFor(_ missing: [OpenAttempt], memory: inout MonitorMemory, at now: Date) async throws -> Int {
        let unsubmitted = missing.filter { $0.attempt.jobID == nil && !$0.isReleased && $0.submissionEndsBy < now }
        let vanished = missing.filter { $0.attempt.jobID != nil }
        guard !unsubmitted.isEmpty || !vanished.isEmpty else { return 0 }
        var accounting: Sightings?
        do {
            if unsubmitted.isEmpty {
                accounting = Sightings(try await scheduler.accounting(jobs: vanished.compactMap(\.attempt.jobID)))
            } else {
                let oldest = missing.map(\.attempt.createdAt).min() ?? now
                accounting = Sightings(try await scheduler.accounting(since: oldest.addingTimeInterval(-60)))
            }
        } catch {
            clusters.update(cluster.name) { $0.problem = error.message }
        }
        var changes = 0
        for open in vanished where try await settle(open, accounting, memory: &memory, at: now) { changes += 1 }
        for open in unsubmitted where try await search(open, accounting, at: now) { changes += 1 }
        return changes
    }

    /// An attempt whose job left the queue: accounting first, then the exit file, then patience.
    private func settle(
        _ open: OpenAttempt, _ accounting: Sightings?, memory: inout MonitorMemory, at now: Date
    ) async throws -> Bool {
        let id = open.attempt.id
        guard let jobID = open.attempt.jobID else { return false }
        let sighting = accounting?.sighting(of: open, in: folder(of: open))
        if let sighting, sighting.phase.isEnded {
            return try await follow(open, sighting, at: now)
        }
        let files = files
        let (report, claimant) = try await BlockingIO.run {
            (files.report(of: id, jobID: jobID), files.claimant(of: id))
        }
        if let report {
            return try await store.apply(AttemptStateMachine(open).exitFileRead(report))
        }
        if let claimant, claimant != jobID {
            try await store.adopt(id, jobID: claimant)
            return true
        }
        guard accounting != nil, sighting == nil else { return false }
        var misses = memory.misses[id] ?? MonitorMemory.Misses(count: 0, since: now)
        misses.count += 1
        memory.misses[id] = misses
        let patience = max(Self.secondsToLose, cluster.accountingLag * 2)
        guard misses.count >= Self.missesToLose, now.timeIntervalSince(misses.since) >= patience else { return false }
        return try await store.apply(
            AttemptStateMachine(open).vanished(misses: misses.count, over: now.timeIntervalSince(misses.since), at: now)
        )
    }

    /// An attempt that may or may not have become a job. It is handed over again only when both witnesses answered,
    /// late enough for accounting to know, and no job has taken it.
    private func search(_ open: OpenAttempt, _ accounting: Sightings?, at now: Date) async throws -> Bool {
        let id = open.attempt.id
        if let sighting = accounting?.sighting(of: open, in: folder(of: open)) {
            return try await follow(open, sighting, at: now)
        }
        let files = files
        if let claimant = try await BlockingIO.run({ files.claimant(of: id) }) {
            return try await store.apply(AttemptStateMachine(open).submitted(jobID: claimant, at: now))
        }
        guard accounting != nil, now > open.submissionEndsBy.addingTimeInterval(cluster.accountingLag) else {
            return false
        }
        if open.cancelRequested {
            return try await store.apply(AttemptStateMachine(open).cancelledBeforeSubmission(at: now))
        }
        logger.notice("no job was found for an attempt; it is submitted again", metadata: ["attempt": "\(id)"])
        try await store.releaseUnsubmitted(id)
        dispatcherBell.ring()
        return true
    }

    private func cancel(_ open: [OpenAttempt], memory: inout MonitorMemory, at now: Date) async throws {
        let due = open.filter { open in
            guard open.cancelRequested, open.attempt.jobID != nil else { return false }
            let last = memory.cancelled[open.attempt.id] ?? .distantPast
            return now.timeIntervalSince(last) >= Self.cancelAgain
        }
        guard !due.isEmpty else { return }
        try await scheduler.cancel(jobs: due.compactMap(\.attempt.jobID))
        for open in due { memory.cancelled[open.attempt.id] = now }
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
        let jobs = byFolder[folder] ?? []
        return jobs.first { !$0.phase.isEnded } ?? jobs.first
    }
}
