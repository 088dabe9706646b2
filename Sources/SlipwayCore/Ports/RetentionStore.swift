package import Foundation

/// What is on record of things that are kept for a time only. A removal is recorded before the first file goes and
/// once the last one is gone, so that a worker that starts over finishes what was begun.
package protocol RetentionStore: Sendable {
    /// Tasks of which a part is due, the longest ended first; changes nothing.
    func dueTasks(_ rule: TaskRule, after: PrunableTask?, limit: Int) async throws -> [PrunableTask]
    /// Records, for up to `limit` tasks, that a part of them goes: from now on it is nobody's to use, and none of them
    /// can be queued again before `finishPruning`. A task that left its final state meanwhile is not among them.
    func beginPruning(_ rule: TaskRule, limit: Int) async throws -> [PrunableTask]
    /// Tasks of a cluster, or of all, whose pruning was begun and not finished, by id.
    func unfinishedTasks(cluster: String?, after: TaskID?, limit: Int) async throws -> [PrunableTask]
    /// Has `removing` remove the parts that the row says are to go, then records that they are gone. Nobody else prunes
    /// the task meanwhile, or queues it again; what `removing` throws leaves the row as it was.
    ///
    /// - Returns: nil where nothing is to go, or somebody else is at it.
    func finishPruning<Value: Sendable>(
        _ id: TaskID, removing: @Sendable (Set<TaskPart>) async throws -> Value
    ) async throws -> Value?

    /// Versions that are due: no alias names them, and their model has a newer one; changes nothing.
    func dueVersions(_ rule: VersionRule, after: PrunableVersion?, limit: Int) async throws -> [PrunableVersion]
    /// Versions old enough that stay because an alias names them or because they are their model's newest.
    func keptVersions(_ rule: VersionRule, after: PrunableVersion?, limit: Int) async throws -> [PrunableVersion]
    /// Takes up to `limit` due versions out of the register, and records that their files are to go.
    func beginRemoval(_ rule: VersionRule, limit: Int) async throws -> [PrunableVersion]
    /// Versions of a cluster, or of all, that left the register and whose files may be there, by name and number.
    func unfinishedVersions(cluster: String?, after: PrunableVersion?, limit: Int) async throws -> [PrunableVersion]
    /// Like `finishPruning`, for a version that left the register.
    func finishRemoval<Value: Sendable>(
        name: String, version: Int, removing: @Sendable () async throws -> Value
    ) async throws -> Value?
}

/// What a task leaves on disk, in the words of the configuration.
package enum TaskPart: String, Sendable, Hashable, CaseIterable {
    /// Everything in the task's folder but the logs.
    case files = "task_folders"
    /// What its jobs printed.
    case log = "logs"
}

/// Which tasks' part is due.
package struct TaskRule: Sendable, Hashable {
    package var cluster: String
    package var part: TaskPart
    /// Seconds since the end.
    package var seconds: Double
    /// Seconds since the end for a task that is lost: its job may still be found.
    package var secondsWhereLost: Double

    package init(cluster: String, part: TaskPart, seconds: Double, secondsWhereLost: Double) {
        self.cluster = cluster
        self.part = part
        self.seconds = seconds
        self.secondsWhereLost = secondsWhereLost
    }
}

/// Which versions are due.
package struct VersionRule: Sendable, Hashable {
    package var cluster: String
    /// Seconds since the version was published, which is when its task ended.
    package var seconds: Double

    package init(cluster: String, seconds: Double) {
        self.cluster = cluster
        self.seconds = seconds
    }
}

/// A task that has ended, for retention.
package struct PrunableTask: Sendable, Hashable {
    package var id: TaskID
    package var cluster: String
    package var finishedAt: Date
    /// What its row says is gone or is to go.
    package var parts: Set<TaskPart>
    /// `finishedAt` in the store's own words, which lose nothing.
    package var position: String

    package init(id: TaskID, cluster: String, finishedAt: Date, parts: Set<TaskPart>, position: String) {
        self.id = id
        self.cluster = cluster
        self.finishedAt = finishedAt
        self.parts = parts
        self.position = position
    }
}

/// A version that a task made, for retention.
package struct PrunableVersion: Sendable, Hashable {
    package var name: String
    package var version: Int
    package var cluster: String
    package var publishedAt: Date
    /// Aliases that point at it.
    package var aliases: [String]
    /// `publishedAt` in the store's own words, which lose nothing.
    package var position: String

    package init(
        name: String, version: Int, cluster: String, publishedAt: Date, aliases: [String], position: String
    ) {
        self.name = name
        self.version = version
        self.cluster = cluster
        self.publishedAt = publishedAt
        self.aliases = aliases
        self.position = position
    }
}
