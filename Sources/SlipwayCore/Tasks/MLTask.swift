package import Foundation

/// What a user asked for and how far it has come.
package struct MLTask: Sendable, Identifiable {
    package var id: TaskID
    package var ownerID: User.ID
    package var owner: String
    package var specification: TaskSpecification
    package var state: TaskState
    package var reason: FailureReason?
    /// One sentence for people on the present state.
    package var message: String?
    package var createdAt: Date
    package var updatedAt: Date
    package var finishedAt: Date?
    package var cancelRequestedAt: Date?
    /// The present attempt; nil until the first one is on record.
    package var attempt: Attempt?
    /// What came out, once published.
    package var model: ModelReference?
    /// When retention took the task's files but the logs.
    package var filesPrunedAt: Date?
    /// When retention took the logs.
    package var logPrunedAt: Date?

    package init(
        id: TaskID, ownerID: User.ID, owner: String, specification: TaskSpecification, state: TaskState,
        reason: FailureReason?, message: String?, createdAt: Date, updatedAt: Date, finishedAt: Date?,
        cancelRequestedAt: Date?, attempt: Attempt?, model: ModelReference?
    ) {
        self.id = id
        self.ownerID = ownerID
        self.owner = owner
        self.specification = specification
        self.state = state
        self.reason = reason
        self.message = message
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.finishedAt = finishedAt
        self.cancelRequestedAt = cancelRequestedAt
        self.attempt = attempt
        self.model = model
    }
}

/// A published version, by name and number.
package struct ModelReference: Sendable, Hashable, Codable {
    package var name: String
    package var version: Int
    /// Lower-case hex of the archive's SHA-256.
    package var sha256: String
    /// Size of the archive in bytes.
    package var bytes: Int64

    package init(name: String, version: Int, sha256: String, bytes: Int64) {
        self.name = name
        self.version = version
        self.sha256 = sha256
        self.bytes = bytes
    }
}
