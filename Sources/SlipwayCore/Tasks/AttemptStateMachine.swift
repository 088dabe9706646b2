package import Foundation

/// Decides what a witness's word means for an attempt. Pure: inputs go in, a transition comes out, or nil where nothing
/// changes. A state never goes back within an attempt, whatever the witness says.
package struct AttemptStateMachine {
    private let attempt: Attempt
    private let cancelRequested: Bool
    private let circumstances: RetryCircumstances?

    /// - Parameter circumstances: What an end is explained and tried again by; without them no attempt follows.
    package init(_ open: OpenAttempt, circumstances: RetryCircumstances? = nil) {
        self.attempt = open.attempt
        self.cancelRequested = open.cancelRequested
        self.circumstances = circumstances
    }

    /// What the job itself wrote at its end.
    package struct ExitReport: Sendable, Hashable {
        package var exitCode: Int
        package var signal: Int?
        /// Set where the failure is not the script's: the image, the packing.
        package var reason: FailureReason?
        package var startedAt: Date
        package var finishedAt: Date
        package var node: String
        package var peakMemoryBytes: Int64?
        /// The last words of the log, where the script failed.
        package var lastWords: String?

        package init(
            exitCode: Int, signal: Int?, reason: FailureReason?, startedAt: Date, finishedAt: Date, node: String,
            peakMemoryBytes: Int64?, lastWords: String?
        ) {
            self.exitCode = exitCode
            self.signal = signal
            self.reason = reason
            self.startedAt = startedAt
            self.finishedAt = finishedAt
            self.node = node
            self.peakMemoryBytes = peakMemoryBytes
            self.lastWords = lastWords
        }
    }

    /// sbatch named the job.
    package func submitted(jobID: Int64, at now: Date) -> AttemptTransition {
        transition(
            to: .pending, .sbatch, raw: "\(jobID)", at: now,
            facts: AttemptTransition.Facts(jobID: jobID, submittedAt: now))
    }

    /// The job on record came second and did nothing: another one of the same submission has taken the attempt.
    package func handedOver(to holder: Int64, at now: Date) -> AttemptTransition {
        guard attempt.jobID != nil, attempt.state != .lost else { return submitted(jobID: holder, at: now) }
        return transition(
            to: attempt.state, .slipway, raw: "\(holder)",
            message: "Job \(holder) has taken the attempt; job \(attempt.jobID.map { "\($0)" } ?? "") does nothing.",
            at: now, facts: AttemptTransition.Facts(jobID: holder, pendingReason: attempt.pendingReason))
    }

    /// Slurm refused the job in these words.
    ///
    /// - Parameter claim: Who was refused: somebody who claimed the attempt later may have a job for it.
    package func rejected(_ words: String, claim: AttemptClaim? = nil, at now: Date) -> AttemptTransition {
        var refused = transition(
            to: cancelRequested ? .cancelled : .failed, .sbatch, raw: words, reason: cancelRequested ? nil : .rejected,
            message: "Slurm refused the job: \(words)", at: now, facts: AttemptTransition.Facts(finishedAt: now))
        refused.claim = claim
        return refused
    }

    /// No job was ever handed over, and the user does not want one any more.
    package func cancelledBeforeSubmission(claim: AttemptClaim, at now: Date) -> AttemptTransition {
        var cancelled = transition(
            to: .cancelled, .slipway, message: "Cancelled before a job was submitted.", at: now,
            facts: AttemptTransition.Facts(finishedAt: now))
        cancelled.claim = claim
        return cancelled
    }

    /// squeue or sacct showed the job; `report` is its exit file, where there is one.
    package func sighted(_ sighting: JobSighting, report: ExitReport?, at now: Date) -> AttemptTransition? {
        switch sighting.phase {
        case .unknown:
            return nil
        case .waiting:
            if rank < TaskState.pending.rank {
                return transition(
                    to: .pending, sighting.witness, raw: sighting.raw, at: sighting.submittedAt ?? now,
                    facts: facts(of: sighting, report: nil, pendingReason: sighting.detail))
            }
            return attempt.state == .running && !isWaitingAgain ? putBack(sighting, at: now) : nil
        case .running:
            if rank < TaskState.running.rank {
                return transition(
                    to: .running, sighting.witness, raw: sighting.raw, at: sighting.startedAt ?? now,
                    facts: facts(of: sighting, report: nil))
            }
            return attempt.state == .running ? wentOn(sighting, at: now) : nil
        case .ended(let ending):
            let end = sighting.endedAt ?? report?.finishedAt ?? now
            var known = facts(of: sighting, report: report)
            known.finishedAt = end
            return ended(ending, sighting.witness, raw: sighting.raw, report: report, at: end, facts: known)
        }
    }

    /// The job left the queue, accounting does not know it, but it left its exit file.
    package func exitFileRead(_ report: ExitReport) -> AttemptTransition {
        let known = AttemptTransition.Facts(
            startedAt: report.startedAt, finishedAt: report.finishedAt, exitCode: report.exitCode,
            signal: report.signal, node: report.node, peakMemoryBytes: report.peakMemoryBytes)
        return ended(
            report.exitCode == 0 ? .completed : .failed(.exitCode), .exitFile,
            raw: "exit code \(report.exitCode)", report: report, at: report.finishedAt, facts: known)
    }

    /// The witnesses answered so many times without the job, and it left no exit file.
    package func vanished(
        misses: Int, over seconds: Double, asked witnesses: String = "squeue and sacct",
        accountingWord: String? = nil, at now: Date
    ) -> AttemptTransition {
        let job = attempt.jobID.map { "job \($0)" } ?? "a job"
        let who = accountingWord == nil ? witnesses : "squeue"
        let contradiction = accountingWord.map { ", which sacct says is \($0)" } ?? ""
        return transition(
            to: .lost, .slipway,
            message: """
                \(who) answered \(misses) times over \(Int(seconds)) seconds and did not know \(job)\(contradiction), \
                and it left no exit file.
                """,
            at: now, facts: AttemptTransition.Facts(finishedAt: now))
    }

    /// Slurm put the job of a running attempt back into its queue.
    private var isWaitingAgain: Bool { attempt.state == .running && attempt.pendingReason != nil }

    /// The state stays, for it never goes back; what happened is on record.
    private func putBack(_ sighting: JobSighting, at now: Date) -> AttemptTransition {
        var known = facts(of: sighting, report: nil, pendingReason: sighting.detail ?? sighting.raw)
        known.restarts = attempt.restarts + 1
        return transition(
            to: .running, sighting.witness, raw: sighting.raw,
            message:
                "Slurm put the job back into its queue; it waits to start again (restart \(attempt.restarts + 1)).",
            at: sighting.submittedAt ?? now, facts: known)
    }

    /// A running job that runs: news only where it was started anew, suspended, or resumed.
    private func wentOn(_ sighting: JobSighting, at now: Date) -> AttemptTransition? {
        var known = facts(of: sighting, report: nil)
        let isStartedLater =
            // Of a job that is on its way back to the queue squeue shows the time of that as its start.
            if sighting.raw != JobSighting.completingWord, let new = sighting.startedAt, let old = attempt.startedAt {
                new.timeIntervalSince(old) > Self.sameStart
            } else {
                false
            }
        if isWaitingAgain || isStartedLater {
            known.restarts = attempt.restarts + (isWaitingAgain ? 0 : 1)
            return transition(
                to: .running, sighting.witness, raw: sighting.raw,
                message: "Slurm started the job again (restart \(known.restarts ?? 0)).",
                at: sighting.startedAt ?? now, facts: known)
        }
        guard sighting.isSuspended != JobSighting.suspendedWords.contains(attempt.rawState ?? "") else { return nil }
        return transition(
            to: .running, sighting.witness, raw: sighting.raw,
            message: sighting.isSuspended ? "The job is suspended." : "The job goes on after it was suspended.",
            at: now, facts: known)
    }

    /// Seconds within which two witnesses' times are one start.
    private static let sameStart = 2.0

    /// How far the attempt is known to have come. Of a lost one nothing is known: any word heals it.
    private var rank: Int { attempt.state == .lost ? TaskState.submitting.rank : attempt.state.rank }

    private func ended(
        _ ending: JobSighting.Ending, _ witness: Witness, raw: String, report: ExitReport?, at: Date,
        facts: AttemptTransition.Facts
    ) -> AttemptTransition {
        switch ending {
        case .completed where cancelRequested:
            // The wish came first: what the job still made is not published.
            return transition(
                to: .cancelled, witness, raw: raw,
                message: "The job ended before it could be cancelled; its output was not published.",
                at: at, facts: facts)
        case .completed:
            return transition(to: .collecting, witness, raw: raw, at: at, facts: facts)
        case .cancelled:
            return transition(
                to: .cancelled, witness, raw: raw,
                message: cancelRequested ? "Cancelled on request." : "Cancelled in Slurm: \(raw).", at: at, facts: facts
            )
        case .failed where cancelRequested:
            return transition(
                to: .cancelled, witness, raw: raw, message: "Cancelled on request.", at: at, facts: facts)
        case .failed(let reason):
            // A job that left an exit file was not refused, whatever accounting lost of it.
            let told = reason == .rejected && report != nil ? .exitCode : reason
            let final = told == .exitCode ? report?.reason ?? told : told
            let sentence = FailureSentence(
                attempt: attempt, specification: circumstances?.specification, facts: facts,
                lastWords: report?.lastWords, raw: raw)
            return failed(
                transition(
                    to: .failed, witness, raw: raw, reason: final, message: sentence.text(for: final), at: at,
                    facts: facts))
        }
    }

    /// Adds what follows a failure by the task's policy.
    private func failed(_ transition: AttemptTransition) -> AttemptTransition {
        guard let circumstances, let reason = transition.reason, let sentence = transition.message,
            transition.raw != JobSighting.deadlineWord
        else { return transition }
        var transition = transition
        switch circumstances.specification.retryPolicy.decide(after: reason, of: attempt, circumstances) {
        case .none(let why):
            if let why { transition.message = "\(sentence) \(why)" }
        case .another(let plan):
            let number = attempt.id.number
            transition.next = AttemptTransition.Next(
                plan: plan,
                message:
                    "Attempt \(number): \(sentence) Attempt \(number + 1) follows\(plan.words(since: attempt.plan)).")
        }
        return transition
    }

    private func facts(
        of sighting: JobSighting, report: ExitReport?, pendingReason: String? = nil
    ) -> AttemptTransition.Facts {
        AttemptTransition.Facts(
            jobID: sighting.jobID,
            pendingReason: pendingReason,
            submittedAt: attempt.submittedAt ?? sighting.submittedAt,
            startedAt: sighting.startedAt ?? report?.startedAt,
            finishedAt: nil,
            exitCode: report?.exitCode ?? sighting.exitCode,
            signal: report?.signal ?? sighting.signal,
            node: sighting.node ?? report?.node,
            peakMemoryBytes: report?.peakMemoryBytes ?? sighting.peakMemoryBytes,
            expectedStart: sighting.expectedStart)
    }

    private func transition(
        to state: TaskState, _ witness: Witness, raw: String? = nil, reason: FailureReason? = nil,
        message: String? = nil, at: Date, facts: AttemptTransition.Facts
    ) -> AttemptTransition {
        // Slurm's times are whole seconds: a start must not seem to come before the submission.
        var facts = facts
        if let start = facts.startedAt, let submission = attempt.submittedAt {
            facts.startedAt = max(start, submission)
        }
        return AttemptTransition(
            id: attempt.id, from: attempt.state, to: state, witness: witness, raw: raw, reason: reason,
            message: message, factAt: max(at, attempt.submittedAt ?? at), facts: facts)
    }
}
