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
    let logger: Logger

    /// Seconds between looks when no hint came.
    private static let ground = 2.0

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

    /// sbatch is ended after its time limit; a server that dies with it cannot end it, so this is twice as long.
    private var submissionSeconds: Double { cluster.commandTimeout * 2 }

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
            let script = try scripts.render(task.specification, id: attempt.id)
            try await BlockingIO.run {
                try DurableFiles.createFolder(folder.output)
                try DurableFiles.write(task.specification.modelParameters, to: folder.parameters)
                try DurableFiles.write(script, to: folder.script)
            }
            guard try await store.beginSubmission(attempt.id, submissionSeconds: submissionSeconds) else { return }
            let outcome = await scheduler.submit(
                SubmitRequest(
                    scriptPath: folder.script, workingDirectory: folder.path, jobName: task.specification.experiment))
            switch outcome {
            case .submitted(let jobID):
                try await store.apply(machine.submitted(jobID: jobID, at: Date()))
            case .rejected(let words):
                try await store.apply(machine.rejected(words, at: Date()))
            case .uncertain(let words):
                logger.warning(
                    "sbatch gave no clear answer; the job will be searched for",
                    metadata: ["attempt": "\(attempt.id)", "answer": "\(words)"])
                try await store.noteSubmissionEnded(attempt.id)
            }
        } catch let error as SlipwayError where error.code == .invalid {
            // No job exists: nothing was handed over. The answer to the user is why.
            await settle(machine.rejected(error.description, at: Date()))
        } catch {
            // Whether there is a job is found out by the Monitor's search.
            logger.warning(
                "a submission was interrupted", metadata: ["attempt": "\(attempt.id)", "error": "\(error)"])
        }
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
