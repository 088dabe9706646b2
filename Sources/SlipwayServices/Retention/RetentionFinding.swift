import Foundation
package import SlipwayCore

/// One thing that retention removes, would remove, or keeps.
package enum RetentionFinding: Sendable {
    /// A task's part that is older than its cluster keeps it.
    case task(PrunableTask, TaskPart, bytes: Int64)
    /// A version that is older than its cluster keeps it, that no alias names, and that has a newer one.
    case version(PrunableVersion, bytes: Int64)
    /// A version as old that stays: an alias names it or, without one, it is its model's newest.
    case kept(PrunableVersion)
    /// What an earlier run began and did not end.
    case unfinishedTask(PrunableTask, bytes: Int64)
    case unfinishedVersion(PrunableVersion, bytes: Int64)
    /// What could not be removed, and why; it is tried again by the next run.
    case problem(String)
}

/// How much of a kind retention removed, or would remove.
package struct RetentionTotal: Sendable, Hashable {
    package var cluster: String
    /// The configuration's word: `task_folders`, `logs`, `archives`; nil for what an earlier run began.
    package var kind: String?
    /// Seconds that the cluster keeps it; nil for what an earlier run began.
    package var seconds: Double?
    package var count = 0
    package var bytes: Int64 = 0
}
