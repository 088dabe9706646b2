package import Foundation

/// A change of a task's state, with who told it, in which words, and when.
package struct TaskEvent: Sendable, Identifiable {
    /// Rises with time over all tasks; the `id` of server-sent events.
    package var id: Int64
    package var task: TaskID
    /// Number of the attempt; 0 before the first one.
    package var attempt: Int
    package var state: TaskState
    package var reason: FailureReason?
    package var witness: Witness
    /// The witness's own words.
    package var raw: String?
    package var message: String?
    /// When it happened, by the witness's word.
    package var factAt: Date
    /// When Slipway came to know.
    package var learnedAt: Date

    package init(
        id: Int64, task: TaskID, attempt: Int, state: TaskState, reason: FailureReason?, witness: Witness,
        raw: String?, message: String?, factAt: Date, learnedAt: Date
    ) {
        self.id = id
        self.task = task
        self.attempt = attempt
        self.state = state
        self.reason = reason
        self.witness = witness
        self.raw = raw
        self.message = message
        self.factAt = factAt
        self.learnedAt = learnedAt
    }
}
