package import Foundation

/// Ends of tasks that are still to be told to the address that the task's config named, and what became of that.
///
/// An end gets here by itself, in the transaction that ends the task. A message goes out at least once.
package protocol WebhookStore: Sendable {
    /// Takes up to `limit` messages whose time has come, for so many seconds; other servers leave them alone meanwhile.
    func claimDue(limit: Int, seconds: Double) async throws -> [WebhookMessage]
    /// The receiver has it. False, as from the ones below, where the claim ran out and the message is another's.
    @discardableResult
    func noteDelivered(_ claim: WebhookMessage.Claim) async throws -> Bool
    /// The receiver does not have it; it is tried again after so many seconds, never again where that is nil.
    @discardableResult
    func noteFailed(_ claim: WebhookMessage.Claim, error: String, retryAfter seconds: Double?) async throws -> Bool
    /// Gives a claim back, to be taken at once.
    @discardableResult
    func release(_ claim: WebhookMessage.Claim) async throws -> Bool
    /// What became of the newest message of a task; nil where there is none.
    func newest(of task: TaskID) async throws -> WebhookStatus?
    /// How many messages are on their way.
    func waiting() async throws -> Int
}

/// One end of a task, to be told.
package struct WebhookMessage: Sendable, Hashable {
    /// Which message, taken how often: what a claim's holder may still change it by.
    package struct Claim: Sendable, Hashable {
        package var id: UUID
        package var tries: Int

        package init(id: UUID, tries: Int) {
            self.id = id
            self.tries = tries
        }
    }

    package var claim: Claim
    /// Seconds since the task's end.
    package var age: Double
    package var url: String
    package var task: TaskID
    package var owner: String
    package var experiment: String
    package var state: TaskState
    package var reason: FailureReason?
    package var message: String?
    /// Number of the attempt that ended the task; 0 where it ended before the first.
    package var attempt: Int
    package var jobID: Int64?
    package var createdAt: Date
    package var finishedAt: Date
    package var model: ModelReference?

    package init(
        claim: Claim, age: Double, url: String, task: TaskID, owner: String, experiment: String, state: TaskState,
        reason: FailureReason?, message: String?, attempt: Int, jobID: Int64?, createdAt: Date, finishedAt: Date,
        model: ModelReference?
    ) {
        self.claim = claim
        self.age = age
        self.url = url
        self.task = task
        self.owner = owner
        self.experiment = experiment
        self.state = state
        self.reason = reason
        self.message = message
        self.attempt = attempt
        self.jobID = jobID
        self.createdAt = createdAt
        self.finishedAt = finishedAt
        self.model = model
    }
}

/// How far the telling of a task's newest end has come.
package struct WebhookStatus: Sendable, Hashable {
    package var url: String
    package var tries: Int
    package var deliveredAt: Date?
    /// Nil once it was delivered or given up.
    package var nextTryAt: Date?
    package var lastError: String?

    package init(url: String, tries: Int, deliveredAt: Date?, nextTryAt: Date?, lastError: String?) {
        self.url = url
        self.tries = tries
        self.deliveredAt = deliveredAt
        self.nextTryAt = nextTryAt
        self.lastError = lastError
    }
}
