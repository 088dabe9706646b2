package import Foundation
import Logging
package import SlipwayCore

/// What users do with tasks.
package struct TaskService: Sendable {
    let configuration: Configuration
    let server: ServerID
    let store: any TaskStore
    let submission: TaskSubmission
    let scripts: BatchScripts
    let hub: TaskChangeHub
    let clusters: ClusterService
    let schedulers: [String: any BatchScheduler]
    let faults: Faults

    private static let largestScript = 1 << 20

    /// Begins an upload.
    ///
    /// - Throws: `SlipwayError` of code `forbidden` for a viewer.
    package func beginIntake(for user: User) async throws -> TaskIntake {
        try user.mayChange("not submit")
        let intake = TaskIntake(
            owner: user, folder: "\(configuration.folders.incoming(of: server))/\(UUID().uuidString.lowercased())")
        try await intake.prepare()
        return intake
    }

    /// Stores the uploaded task; it is durable when this returns. On an error nothing is left of the upload.
    package func submit(_ intake: TaskIntake, idempotencyKey: String?) async throws -> Submission {
        try await submit(intake, idempotencyKey: idempotencyKey, serverJob: nil)
    }

    /// The same for a task whose config and script the server wrote.
    func submit(
        _ intake: TaskIntake, idempotencyKey: String?, serverJob: ServerJob?, process: SubmittedProcess? = nil
    ) async throws -> Submission {
        do {
            let result = try await submission.submit(
                intake, idempotencyKey: idempotencyKey, serverJob: serverJob, process: process)
            if result.isNew { hub.publish(result.task.id, result.task.state) }
            return result
        } catch {
            await intake.discard()
            throw error
        }
    }

    /// What `submit` would do; nothing is stored.
    package func preview(_ intake: TaskIntake) async throws -> TaskPreview {
        do {
            return try await submission.preview(intake)
        } catch {
            await intake.discard()
            throw error
        }
    }

    package func task(_ id: String, as user: User) async throws -> MLTask {
        guard let id = TaskID(id), let task = try await store.task(id, for: user.viewer) else { throw Self.unknown() }
        return task
    }

    package func task(jobID: String, as user: User) async throws -> MLTask {
        guard let number = Int64(jobID), number > 0 else {
            throw SlipwayError(
                .invalid, "“\(jobID.prefix(40))” is not a Slurm job id.",
                faults: [FieldFault(path: "job_id", value: jobID, message: "must be a whole number")])
        }
        guard let task = try await store.task(jobID: number, for: user.viewer) else {
            throw SlipwayError(.notFound, "No task of yours has the Slurm job \(number).")
        }
        return task
    }

    package func list(_ filter: TaskFilter, as user: User) async throws -> TaskPage {
        var asked = filter
        asked.limit += 1
        let tasks = try await store.tasks(asked, for: user.viewer)
        let page = Array(tasks.prefix(filter.limit))
        return TaskPage(tasks: page, next: tasks.count > filter.limit ? page.last?.id : nil)
    }

    package func attempts(_ id: String, as user: User) async throws -> [Attempt] {
        try await store.attempts(of: task(id, as: user).id)
    }

    /// The task at its next change, or as it is after so many seconds; at once when it has ended, or is not in the
    /// state `after` any more.
    package func waitForChange(
        _ id: String, as user: User, seconds: Double, after known: TaskState? = nil
    ) async throws -> MLTask {
        let first = try await task(id, as: user)
        if first.state.isFinal || known != nil && first.state != known { return first }
        let deadline = Date(timeIntervalSinceNow: seconds)
        return try await hub.withBell(for: first.id) { bell in
            while true {
                let current = try await task(id, as: user)
                let left = deadline.timeIntervalSinceNow
                if current.state != first.state || current.updatedAt != first.updatedAt || left <= 0 { return current }
                guard await bell.wait(seconds: min(left, 5)) else { return current }
            }
        }
    }

    package func events(_ id: String, after: Int64, as user: User) async throws -> TaskEventStream {
        TaskEventStream(id: try await task(id, as: user).id, after: after, store: store, hub: hub)
    }

    /// The events so far, at most 1,000, oldest first.
    package func pastEvents(_ id: String, as user: User) async throws -> [TaskEvent] {
        try await store.events(of: task(id, as: user).id, after: 0, limit: 1000)
    }

    /// Records the wish and answers the task as it is now. A task that has ended stays as it ended.
    package func cancel(_ id: String, as user: User) async throws -> MLTask {
        try Self.mayChange(user)
        guard let id = TaskID(id), let task = try await store.requestCancel(id, for: user.viewer) else {
            throw Self.unknown()
        }
        faults.pass(.cancelRecorded)
        hub.publish(task.id, task.state)
        return task
    }

    /// - Throws: `SlipwayError` of code `conflict` unless the task failed, was cancelled or is lost, and has its files;
    ///   what a submission throws where the proxy for remote files does not serve.
    package func retry(_ id: String, as user: User) async throws -> MLTask {
        try Self.mayChange(user)
        let task = try await task(id, as: user)
        if let account = task.specification.account,
            user.refusedAccounts.contains(where: { $0.lowercased() == account.lowercased() })
        {
            throw SlipwayError(.forbidden, "The account “\(account)” of this task is refused to you by the operator.")
        }
        try Self.refuseRetryWithoutFiles(task)
        if task.state.mayBeRetried { try await submission.grid.check(task.specification) }
        if task.state == .lost { try await refuseWhileAlive(task) }
        guard try await store.requeue(task.id, for: user.viewer) else {
            let now = try await self.task(id, as: user)
            try Self.refuseRetryWithoutFiles(now)
            if now.logPrunedAt != nil, now.state == task.state {
                throw SlipwayError(
                    .conflict, "Retention is removing the log of task \(task.id); try again in a few seconds.")
            }
            if case .workflow(let workflow)? = now.specification.serverJob, now.state == task.state,
                now.state.mayBeRetried
            {
                throw SlipwayError(
                    .conflict,
                    """
                    Task \(task.id) cannot be retried: the files of the folder “\(workflow.folder)” that it trained \
                    from were removed. Submit it again from the folder as it is now.
                    """)
            }
            throw SlipwayError(
                .conflict,
                "Task \(task.id) has the state “\(task.state.rawValue)”; only a task that failed, was cancelled or is lost can be retried."
            )
        }
        faults.pass(.retryRecorded)
        hub.publish(task.id, .queued)
        return try await self.task(id, as: user)
    }

    /// A task that was lost may still have its job: asks the cluster itself, this once.
    private func refuseWhileAlive(_ task: MLTask) async throws {
        guard let attempt = task.attempt, let scheduler = schedulers[task.specification.cluster] else { return }
        let folder = configuration.folders.task(task.id).attempt(attempt.id.number).path
        let alive = try await scheduler.queue().first { $0.workingDirectory == folder && !$0.phase.isEnded }
        if let alive {
            throw SlipwayError(
                .conflict,
                "Task \(task.id) still has the Slurm job \(alive.jobID), which is \(alive.raw); cancel it first.")
        }
    }

    /// The config file as it was uploaded.
    package func config(_ id: String, as user: User) async throws -> String {
        guard let id = TaskID(id), let config = try await store.config(of: id, for: user.viewer) else {
            throw Self.unknown()
        }
        return config
    }

    /// The batch script of the present attempt, or what the first one will be.
    package func script(_ id: String, as user: User) async throws -> String {
        let task = try await task(id, as: user)
        try Self.refuseWithoutFiles(task)
        let attempt = task.attempt?.id ?? Attempt.ID(task: task.id, number: 1)
        let folder = configuration.folders.task(task.id)
        let path = folder.attempt(attempt.number).script
        let written = try await BlockingIO.run {
            StoredFile.at(path, within: folder.path).map {
                String(decoding: $0.content.contents(limit: Self.largestScript), as: UTF8.self)
            }
        }
        if let written { return written }
        return try scripts.render(task.specification, id: attempt)
    }

    /// When the cluster was last heard, for a task on its way; the moment of its end for one that ended.
    package func dataAsOf(_ task: MLTask) -> Date {
        if task.state.isFinal { return task.updatedAt }
        return max(clusters.lastContact(of: task.specification.cluster) ?? task.updatedAt, task.updatedAt)
    }

    static func unknown() -> SlipwayError {
        SlipwayError(.notFound, "There is no such task, or it belongs to somebody else.")
    }

    private static func mayChange(_ user: User) throws {
        try user.mayChange("not change tasks")
    }
}

/// A page of tasks, newest first.
package struct TaskPage: Sendable {
    package var tasks: [MLTask]
    /// The cursor of the next page; nil on the last one.
    package var next: TaskID?
}
