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

    package struct Facts: Sendable, Hashable {
        package var jobID: Int64?
        package var pendingReason: String?
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
            peakMemoryBytes: Int64? = nil
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
        }
    }

    package init(
        id: Attempt.ID, from: TaskState, to: TaskState, witness: Witness, raw: String? = nil,
        reason: FailureReason? = nil, message: String? = nil, factAt: Date, facts: Facts = Facts()
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
    }
}
