/// Notifications on some channels, from the moment that the sequence was made.
///
/// One connection beside the pool's serves all readers. A reader that lags behind by more than 4,096 events loses the
/// oldest of them. The sequence ends when the client shuts down or the reading task is cancelled.
package struct PostgresNotifications: AsyncSequence, Sendable {
    package typealias Element = PostgresNotificationEvent
    package typealias Failure = Never

    private let stream: AsyncStream<PostgresNotificationEvent>

    init(_ stream: AsyncStream<PostgresNotificationEvent>) {
        self.stream = stream
    }

    package func makeAsyncIterator() -> AsyncStream<PostgresNotificationEvent>.Iterator {
        stream.makeAsyncIterator()
    }
}
