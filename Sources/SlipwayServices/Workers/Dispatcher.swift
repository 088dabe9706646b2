import Foundation
import Logging
import ServiceLifecycle
import SlipwayCore

/// Hands queued tasks of one cluster to sbatch.
///
/// Claims never collide, so every server runs one for each cluster.
struct Dispatcher: Service {
    let cluster: ClusterConfiguration
    let folders: DataFolders
    let store: any TaskStore
    let scheduler: any BatchScheduler
    let scripts: BatchScripts
    let bell: HintBell
    let faults: Faults
    let logger: Logger

    /// Seconds between looks when no hint came.
    private static let ground = 2.0
    /// Seconds after which the second submission of an attempt may follow the first that failed, doubled each time up to
    /// the longest pause.
    private static let pause = 15.0
    private static let longestPause = 600.0

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            let hold = SubmissionHold()
            while !Task.isCancelled {
                do {
                    if try await dispatch(hold) { continue }
                } catch {
                    logger.warning("dispatching failed", metadata: ["cluster": "\(cluster.name)", "error": "\(error)"])
                }
                guard await bell.wait(seconds: Self.ground) else { return }
            }
        }
    }

    /// - Returns: Whether there may be more.
    private func dispatch(_ hold: SubmissionHold) async throws -> Bool {
        // More than run at a time, so that a place that becomes free is filled at once. Whose turn comes too late is
        // left alone by `beginSubmission`.
        let limit = cluster.submitConcurrency * 8
        let claims = try await store.claimSubmittable(
            cluster: cluster.name, limit: limit, submissionSeconds: submissionSeconds)
        if !claims.isEmpty { faults.pass(.attemptClaimed) }
        // A claim is on record: what was claimed is handed over even when the server is asked to stop meanwhile.
        await withTaskCancellationShield {
            await withTaskGroup(of: Void.self) { group in
                for (index, claim) in claims.enumerated() {
                    if index >= cluster.submitConcurrency { await group.next() }
                    group.addTask { await submit(claim, hold) }
                }
            }
        }
        return claims.count >= limit
    }

    /// sbatch is called within half of its time limit, or not at all, and is ended after the limit.
    private var submissionSeconds: Double { cluster.commandTimeout * 2 + 2 }

    private func submit(_ claimed: SubmissionClaim, _ hold: SubmissionHold) async {
        let (task, attempt, claim) = (claimed.task, claimed.attempt, claimed.claim)
        let machine = AttemptStateMachine(
            OpenAttempt(
                attempt: attempt, cancelRequested: task.cancelRequestedAt != nil, submissionEndsBy: .distantPast,
                isReleased: false))
        do {
            if task.cancelRequestedAt != nil {
                try await store.apply(machine.cancelledBeforeSubmission(claim: claim, at: Date()))
                return
            }
            let place = SubmissionHold.Place(
                partition: task.specification.partition, account: task.specification.account)
            if let pause = hold.pause(of: place) {
                try await store.giveBack(claim, words: pause.words, pause: pause.seconds)
                return
            }
            let folder = folders.task(task.id).attempt(attempt.id.number)
            let script = try scripts.render(task.specification, id: attempt.id, plan: attempt.plan)
            try await BlockingIO.run {
                try DurableFiles.createFolder(folder.output)
                try DurableFiles.write(task.specification.modelParameters, to: folder.parameters)
                try DurableFiles.write(script, to: folder.script)
            }
            faults.pass(.scriptWritten)
            let asked = ContinuousClock.now
            guard let number = try await store.beginSubmission(claim, submissionSeconds: submissionSeconds) else {
                return
            }
            faults.pass(.submissionBegun)
            // A server that was paused here may wake when the attempt is another's; the search will find it unsubmitted.
            guard ContinuousClock.now - asked < .seconds(cluster.commandTimeout / 2) else { return }
            let outcome = await scheduler.submit(
                SubmitRequest(
                    scriptPath: folder.script, workingDirectory: folder.path, jobName: task.specification.experiment))
            switch outcome {
            case .submitted: hold.end(at: place)
            case .limited(let words, mayBeLasting: false): _ = hold.begin(Self.sentence(words), at: place)
            case .limited, .rejected, .uncertain: break
            }
            try await record(outcome, of: machine, claim, submissions: number)
        } catch let error as SlipwayError where error.code == .invalid {
            // No job exists: nothing was handed over. The answer to the user is why.
            await settle(machine.rejected(error.description, claim: claim, at: Date()))
        } catch {
            // Whether there is a job is found out by the Monitor's search.
            logger.warning(
                "a submission was interrupted", metadata: ["attempt": "\(attempt.id)", "error": "\(error)"])
        }
    }

    private func record(
        _ outcome: SubmitOutcome, of machine: AttemptStateMachine, _ claim: AttemptClaim, submissions: Int
    ) async throws {
        switch outcome {
        case .submitted(let jobID):
            faults.pass(.jobNamed)
            if try await !store.apply(machine.submitted(jobID: jobID, at: Date())) {
                try await cancelIfUnwanted(jobID, of: claim.attempt)
            }
            faults.pass(.jobRecorded)
        case .rejected(let words):
            faults.pass(.answerUnclear)
            try await store.apply(machine.rejected(words, claim: claim, at: Date()))
        case .limited(let words, let mayBeLasting):
            // Where the words leave open whose limit it is, and no job of ours has to end first, waiting would not help.
            if mayBeLasting, try await !store.hasJobs(cluster: cluster.name, beside: claim.attempt) {
                try await store.apply(machine.rejected(words, claim: claim, at: Date()))
            } else {
                try await postpone(claim, Self.sentence(words), pause: Self.pause(after: submissions + 1))
            }
        case .uncertain(let words):
            faults.pass(.answerUnclear)
            try await postpone(
                claim, "sbatch gave no clear answer: \(words). A job is looked for before it is tried again.",
                pause: Self.pause(after: submissions))
        }
    }

    private static func sentence(_ words: String) -> String {
        "Slurm takes no more jobs at the moment: \(words). It is tried again."
    }

    /// A job whose attempt has ended meanwhile, without it, would be followed by nobody.
    private func cancelIfUnwanted(_ jobID: Int64, of id: Attempt.ID) async throws {
        guard let attempt = try await store.attempts(of: id.task).first(where: { $0.id == id }),
            attempt.state.isFinal, attempt.state != .lost, attempt.jobID != jobID
        else { return }
        logger.warning(
            "a job of an attempt that has ended is cancelled", metadata: ["attempt": "\(id)", "job": "\(jobID)"])
        try await scheduler.cancel(jobs: [jobID])
    }

    /// The Monitor searches for a job in any case before the attempt is handed over again.
    private func postpone(_ claim: AttemptClaim, _ words: String, pause: Double) async throws {
        logger.warning("sbatch named no job", metadata: ["attempt": "\(claim.attempt)", "answer": "\(words)"])
        try await store.noteSubmissionEnded(claim, words: words, pause: pause)
    }

    /// Seconds: none after the first, then more each time.
    static func pause(after submissions: Int) -> Double {
        submissions < 2 ? 0 : min(longestPause, pause * Double(1 << min(submissions - 2, 10)))
    }

    private func settle(_ transition: AttemptTransition) async {
        do {
            try await store.apply(transition)
        } catch {
            logger.warning(
                "an attempt's end was not stored", metadata: ["attempt": "\(transition.id)", "error": "\(error)"])
        }
    }
}
