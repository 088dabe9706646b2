package import Foundation

/// One step of an attempt, with its witness: what the store writes in one transaction.
package struct AttemptTransition: Sendable, Hashable {
    package var id: Attempt.ID
    package var from: TaskState
    package var to: TaskState
    package var witness: Witness
    /// The witness's own words.
    package var raw: String?
    package var reason: FailureReason?
    package var message: String?
    /// When it happened, by the witness's word.
    package var factAt: Date
    /// Facts learned on the way; nil leaves what is on record.
    package var facts: Facts
    /// Set where only the holder of this claim may say so.
    package var claim: AttemptClaim?
    /// Set where another attempt follows: the attempt ends as `to` says, the task is queued again.
    package var next: Next?

    /// What follows a failed attempt.
    package struct Next: Sendable, Hashable {
        package var plan: AttemptPlan
        /// What the user is told of the task, while `message` is told of the attempt.
        package var message: String

        package init(plan: AttemptPlan, message: String) {
            self.plan = plan
            self.message = message
        }
    }

    package struct Facts: Sendable, Hashable {
        package var jobID: Int64?
        package var pendingReason: String?
        package var expectedStart: Date?
        package var restarts: Int?
        package var submittedAt: Date?
        package var startedAt: Date?
        package var finishedAt: Date?
        package var exitCode: Int?
        package var signal: Int?
        package var node: String?
        package var peakMemoryBytes: Int64?

        package init(
            jobID: Int64? = nil, pendingReason: String? = nil, submittedAt: Date? = nil, startedAt: Date? = nil,
            finishedAt: Date? = nil, exitCode: Int? = nil, signal: Int? = nil, node: String? = nil,
            peakMemoryBytes: Int64? = nil, expectedStart: Date? = nil, restarts: Int? = nil
        ) {
            self.jobID = jobID
            self.pendingReason = pendingReason
            self.submittedAt = submittedAt
            self.startedAt = startedAt
            self.finishedAt = finishedAt
            self.exitCode = exitCode
            self.signal = signal
            self.node = node
            self.peakMemoryBytes = peakMemoryBytes
            self.expectedStart = expectedStart
            self.restarts = restarts
        }
    }

    package init(
        id: Attempt.ID, from: TaskState, to: TaskState, witness: Witness, raw: String? = nil,
        reason: FailureReason? = nil, message: String? = nil, factAt: Date, facts: Facts = Facts(),
        next: Next? = nil
    ) {
        self.id = id
        self.from = from
        self.to = to
        self.witness = witness
        self.raw = raw
        self.reason = reason
        self.message = message
        self.factAt = factAt
        self.facts = facts
        self.next = next
    }

    /// The task's state after it.
    package var taskState: TaskState { next == nil ? to : .queued }
}
