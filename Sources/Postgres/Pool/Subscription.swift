/// One reader of notifications.
struct Subscription: Sendable {
    let identifier: UInt64
    let channels: Set<String>
    let continuation: AsyncStream<PostgresNotificationEvent>.Continuation
}
