import Foundation
import Logging
import SlipwayCore

/// What the queue does not show.
extension MonitorCycle {
    /// A job is lost after so many answered questions, over the cluster's `lost_after` seconds at least.
    private static let missesToLose = 5
    /// Jobs that accounting is asked for at a time: Linux limits the length of an argument.
    private static let jobsPerQuestion = 5000
    /// Jobs that the controller is asked for, one by one, where there is no accounting.
    private static let jobsPerCycle = 20

    /// Asks accounting, once for all of them, and the exit files for attempts that the queue does not show.
    ///
    /// - Parameter unexplained: Attempts of which the queue says that they failed: accounting may know why, for example
    ///   that memory ran out.
    func lookFor(
        _ missing: [OpenAttempt], explaining unexplained: [OpenAttempt], beside queue: Sightings,
        memory: inout MonitorMemory, at now: Date
    ) async throws -> Int {
        let unwanted = missing.filter { $0.isReleased && $0.cancelRequested }
        var changes = try await act(on: unwanted) {
            try await apply(AttemptStateMachine($0).cancelledBeforeSubmission(claim: $0.claim, at: now))
        }
        let unsubmitted = missing.filter { $0.attempt.jobID == nil && !$0.isReleased && $0.submissionEndsBy < now }
        // Those that are lost already come last: they have waited, and can.
        let vanished = missing.filter { $0.attempt.jobID != nil && $0.attempt.state != .lost }
        let lost = missing.filter { $0.attempt.jobID != nil && $0.attempt.state == .lost }
        let asked = Array((unexplained + vanished + lost).prefix(Self.jobsPerQuestion))
        guard !unsubmitted.isEmpty || !asked.isEmpty else { return changes }
        // Where both are to be asked for, they take turns: a time window that was chosen for some may begin after the
        // end of others, and is no answer about them.
        memory.wasAskedByTime = !unsubmitted.isEmpty && (asked.isEmpty || !memory.wasAskedByTime)
        let isByTime = memory.wasAskedByTime
        let answer = await ask(
            about: asked.compactMap(\.attempt.jobID), explaining: unexplained.compactMap(\.attempt.jobID),
            submittedSince: isByTime ? start(of: unsubmitted) : nil, &memory)
        faults.pass(.accountingRead)
        let witnesses = Witnesses(queue: queue, accounting: answer.sightings)
        let ids = Set(unexplained.map(\.attempt.id))
        changes += try await act(on: asked.filter { ids.contains($0.attempt.id) }) { open in
            guard case .sightings(let accounting) = answer,
                let sighting = accounting.sighting(of: open, in: folder(of: open)), sighting.phase.isEnded,
                sighting.phase != .ended(.failed(.exitCode))
            else { return false }
            return try await follow(open, sighting, among: witnesses, at: now)
        }
        let settled = asked.filter { !ids.contains($0.attempt.id) }.map { open in
            (open, answer.isAnswer && !isByTime ? patience(for: open, memory: &memory, at: now) : nil)
        }
        changes += try await act(on: settled) {
            try await settle($0.0, answer, witnesses, isAsked: !isByTime, isLost: $0.1, at: now)
        }
        let isSearched = isByTime && answer.isAnswer || answer.isQueueAlone
        guard isSearched else { return changes }
        let searched = unsubmitted.map { open in
            let first = memory.searches[open.claim]
            memory.searches[open.claim] = first ?? now
            return (open, first.map { now.timeIntervalSince($0) >= cluster.accountingLag } ?? false)
        }
        changes += try await act(on: searched) { try await search($0.0, witnesses, isRepeated: $0.1, at: now) }
        return changes
    }

    /// What the second witness said.
    enum SecondAnswer {
        case sightings(Sightings)
        /// The cluster keeps no accounting: the queue's word stands alone.
        case noWitness
        /// It is away. Nothing follows from that.
        case none

        var isAnswer: Bool {
            switch self {
            case .sightings, .noWitness: true
            case .none: false
            }
        }

        var isQueueAlone: Bool {
            switch self {
            case .noWitness: true
            case .sightings, .none: false
            }
        }

        var sightings: Sightings? {
            if case .sightings(let sightings) = self { sightings } else { nil }
        }
    }

    private func ask(
        about jobs: [Int64], explaining failed: [Int64], submittedSince start: Date?, _ memory: inout MonitorMemory
    ) async -> SecondAnswer {
        if clusters.hasAccounting(cluster.name) != false {
            let answer = await askAccounting(&memory) { scheduler throws(SlipwayError) in
                if let start { return try await scheduler.accounting(since: start) }
                return try await scheduler.accounting(jobs: jobs)
            }
            guard case .noWitness = answer else { return answer }
        }
        // What squeue does not show the controller does not know either; of what failed it knows more.
        guard !failed.isEmpty else { return .noWitness }
        do {
            return .sightings(
                Sightings(try await scheduler.controller(jobs: Array(failed.prefix(Self.jobsPerCycle)))))
        } catch {
            clusters.update(cluster.name) { $0.problem = error.message }
            return .none
        }
    }

    /// Asks accounting, and keeps on record whether it answered.
    func askAccounting(
        _ memory: inout MonitorMemory, _ question: (any BatchScheduler) async throws(SlipwayError) -> [JobSighting]
    ) async -> SecondAnswer {
        memory.lastAccounting = Date()
        do {
            let answer = try await question(scheduler)
            clusters.update(cluster.name) {
                $0.hasAccounting = true
                $0.accountingProblem = nil
            }
            return .sightings(Sightings(answer))
        } catch {
            let isKept = error.code != .unsupported
            clusters.update(cluster.name) {
                $0.hasAccounting = isKept ? $0.hasAccounting : false
                $0.accountingProblem = isKept ? error.message : nil
            }
            return isKept ? .none : .noWitness
        }
    }

    /// When the first of the submissions that are searched for may have happened.
    private func start(of unsubmitted: [OpenAttempt]) -> Date? {
        // An sbatch lives at most twice its time limit; another minute is for clocks that differ.
        unsubmitted.map(\.submissionEndsBy).min()?.addingTimeInterval(-cluster.commandTimeout * 2 - 62)
    }

    /// Counts an answer of both witnesses that may turn out not to know the job.
    ///
    /// - Returns: The misses, once there are enough of them over enough time.
    private func patience(
        for open: OpenAttempt, memory: inout MonitorMemory, at now: Date
    ) -> MonitorMemory.Misses? {
        let misses = memory.miss(open.attempt.id, at: now)
        let seconds = max(cluster.lostAfter, cluster.accountingLag * 2)
        return misses.count >= Self.missesToLose && now.timeIntervalSince(misses.since) >= seconds ? misses : nil
    }

    /// An attempt whose job left the queue: accounting first, then the exit file, then patience.
    private func settle(
        _ open: OpenAttempt, _ answer: SecondAnswer, _ witnesses: Witnesses, isAsked: Bool,
        isLost misses: MonitorMemory.Misses?, at now: Date
    ) async throws -> Bool {
        guard let jobID = open.attempt.jobID else { return false }
        let sighting = witnesses.accounting?.sighting(of: open, in: folder(of: open))
        if let sighting, sighting.phase.isEnded {
            return try await follow(open, sighting, among: witnesses, at: now)
        }
        // Nobody asked accounting about this job in particular: it may know better than the exit file.
        guard isAsked else { return false }
        let traces = try await traces(of: open, jobID: jobID)
        if let report = traces.report, isLast(report, of: open, isLost: misses != nil, sighting, answer) {
            let circumstances = try await circumstances(of: open, nodes: report.node)
            return try await apply(AttemptStateMachine(open, circumstances: circumstances).exitFileRead(report))
        }
        if let holder = traces.holder, holder != jobID,
            try await isKnown(holder, of: open, among: witnesses)
        {
            return try await hand(open, to: holder, insteadOf: jobID, at: now)
        }
        guard let misses, open.attempt.state != .lost else { return false }
        return try await apply(
            AttemptStateMachine(open).vanished(
                misses: misses.count, over: now.timeIntervalSince(misses.since),
                asked: clusters.hasAccounting(cluster.name) == false ? "squeue" : "squeue and sacct",
                accountingWord: sighting?.raw, at: now))
    }

    /// Whether an exit file tells a job's end, and not that of a run before Slurm put the job back into its queue.
    private func isLast(
        _ report: AttemptStateMachine.ExitReport, of open: OpenAttempt, isLost: Bool, _ sighting: JobSighting?,
        _ answer: SecondAnswer
    ) -> Bool {
        if isLost { return true }
        if sighting != nil { return false }
        // A run that was ended by a signal may be followed by another one, or accounting knows what the signal meant.
        let mayStartAgain = cluster.requeue || open.attempt.restarts > 0
        return report.signal == nil || answer.isAnswer && !mayStartAgain
    }

    /// An attempt that may or may not have become a job. It is handed over again only when both witnesses answered,
    /// late enough for accounting to know, and no job has taken it.
    ///
    /// - Parameter isRepeated: An earlier search for this claim, long enough ago, ended without a job, too: Slurm's
    ///   controller may have had the submission in its backlog.
    private func search(
        _ open: OpenAttempt, _ witnesses: Witnesses, isRepeated: Bool, at now: Date
    ) async throws -> Bool {
        let id = open.attempt.id
        if let sighting = witnesses.accounting?.sighting(of: open, in: folder(of: open)) {
            return try await follow(open, sighting, among: witnesses, at: now)
        }
        let files = files
        guard isRepeated, now > open.submissionEndsBy.addingTimeInterval(cluster.accountingLag) else { return false }
        if let holder = try await BlockingIO.run({ files.claimant(of: id) }) {
            // A job took the attempt, though neither witness shows it any more: it is followed like any other.
            return try await apply(AttemptStateMachine(open).submitted(jobID: holder, at: now))
        }
        if open.cancelRequested {
            return try await apply(AttemptStateMachine(open).cancelledBeforeSubmission(claim: open.claim, at: now))
        }
        let isReleased = try await store.releaseUnsubmitted(open.claim, accountingLag: cluster.accountingLag)
        guard isReleased else { return false }
        faults.pass(.attemptReleased)
        logger.notice("no job was found for an attempt; it is submitted again", metadata: ["attempt": "\(id)"])
        dispatcherBell.ring()
        return true
    }
}
