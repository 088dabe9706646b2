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
            while !Task.isCancelled {
                do {
                    if try await dispatch() { continue }
                } catch {
                    logger.warning("dispatching failed", metadata: ["cluster": "\(cluster.name)", "error": "\(error)"])
                }
                guard await bell.wait(seconds: Self.ground) else { return }
            }
        }
    }

    /// - Returns: Whether there may be more.
    private func dispatch() async throws -> Bool {
        // More than run at a time, so that a place that becomes free is filled at once. Whose turn comes too late is
        // left alone by `beginSubmission`.
        let limit = cluster.submitConcurrency * 8
        let tasks = try await store.claimSubmittable(
            cluster: cluster.name, limit: limit, submissionSeconds: submissionSeconds)
        if !tasks.isEmpty { faults.pass(.attemptClaimed) }
        // A claim is on record: what was claimed is handed over even when the server is asked to stop meanwhile.
        await withTaskCancellationShield {
            await withTaskGroup(of: Void.self) { group in
                for (index, task) in tasks.enumerated() {
                    if index >= cluster.submitConcurrency { await group.next() }
                    group.addTask { await submit(task) }
                }
            }
        }
        return tasks.count == limit
    }

    /// sbatch is called within half of its time limit, or not at all, and is ended after the limit.
    private var submissionSeconds: Double { cluster.commandTimeout * 2 + 2 }

    private func submit(_ task: MLTask) async {
        guard let attempt = task.attempt else { return }
        let machine = AttemptStateMachine(
            OpenAttempt(
                attempt: attempt, cancelRequested: task.cancelRequestedAt != nil, submissionEndsBy: .distantPast,
                isReleased: false))
        do {
            if task.cancelRequestedAt != nil {
                try await store.apply(machine.cancelledBeforeSubmission(at: Date()))
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
            guard let number = try await store.beginSubmission(attempt.id, submissionSeconds: submissionSeconds) else {
                return
            }
            faults.pass(.submissionBegun)
            // A server that was paused here may wake when the attempt is another's; the search will find it unsubmitted.
            guard ContinuousClock.now - asked < .seconds(cluster.commandTimeout / 2) else { return }
            let outcome = await scheduler.submit(
                SubmitRequest(
                    scriptPath: folder.script, workingDirectory: folder.path, jobName: task.specification.experiment))
            try await record(outcome, of: machine, Submission(attempt: attempt.id, number: number))
        } catch let error as SlipwayError where error.code == .invalid {
            // No job exists: nothing was handed over. The answer to the user is why.
            await settle(machine.rejected(error.description, at: Date()))
        } catch {
            // Whether there is a job is found out by the Monitor's search.
            logger.warning(
                "a submission was interrupted", metadata: ["attempt": "\(attempt.id)", "error": "\(error)"])
        }
    }

    /// One call of sbatch.
    private struct Submission {
        var attempt: Attempt.ID
        /// Counts the calls for this attempt from 1.
        var number: Int
    }

    private func record(
        _ outcome: SubmitOutcome, of machine: AttemptStateMachine, _ submission: Submission
    ) async throws {
        switch outcome {
        case .submitted(let jobID):
            faults.pass(.jobNamed)
            try await store.apply(machine.submitted(jobID: jobID, at: Date()))
            faults.pass(.jobRecorded)
        case .rejected(let words):
            faults.pass(.answerUnclear)
            try await store.apply(machine.rejected(words, at: Date()))
        case .limited(let words):
            // Where no job of ours has to end first, waiting would not help.
            if try await store.hasJobs(cluster: cluster.name) {
                try await postpone(
                    submission, "Slurm takes no more jobs at the moment: \(words). It is tried again.",
                    pause: Self.pause(after: submission.number + 1))
            } else {
                try await store.apply(machine.rejected(words, at: Date()))
            }
        case .uncertain(let words):
            faults.pass(.answerUnclear)
            try await postpone(
                submission, "sbatch gave no clear answer: \(words). A job is looked for before it is tried again.",
                pause: Self.pause(after: submission.number))
        }
    }

    /// The Monitor searches for a job in any case before the attempt is handed over again.
    private func postpone(_ submission: Submission, _ words: String, pause: Double) async throws {
        logger.warning(
            "sbatch named no job", metadata: ["attempt": "\(submission.attempt)", "answer": "\(words)"])
        try await store.noteSubmissionEnded(
            submission.attempt, submission: submission.number, words: words, pause: pause)
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
