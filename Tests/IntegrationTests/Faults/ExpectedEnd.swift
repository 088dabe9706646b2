/// What a task has to come to.
struct ExpectedEnd: Sendable, Hashable {
    var state: String
    var reason: String?
    /// Nil: it may have been cancelled before its first one.
    var attempts: Int?

    static let succeeded = ExpectedEnd(state: "succeeded", attempts: 1)
    static let succeededSecond = ExpectedEnd(state: "succeeded", attempts: 2)
    static let failed = ExpectedEnd(state: "failed", reason: "exit_code", attempts: 1)
    static let cancelled = ExpectedEnd(state: "cancelled")
}
