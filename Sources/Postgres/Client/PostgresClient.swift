package import Logging
import ServiceLifecycle
import Synchronization

/// A pool of connections to one PostgreSQL database.
///
/// `run()` is its lifetime; statements that come earlier wait for it. Short reads of many callers share a connection
/// (libpq's pipeline mode); whatever writes, locks, or has taken long before has a connection to itself, in the order
/// of arrival. A lost connection is opened anew with growing pauses.
package final class PostgresClient: Sendable, Service {
    let switchboard: Switchboard
    private let hasRun = Atomic(false)
    private let subscriptions = Atomic<UInt64>(0)

    /// - Parameters:
    ///   - url: A connection URI or keyword string as libpq reads it (libpq manual, 34.1.1).
    ///   - maximumConnections: At most so many at once; notifications take one more.
    ///   - acquireTimeLimit: How long a statement or scope waits for a connection before it throws `.connectionLost`.
    package init(
        url: String, maximumConnections: Int = 8, acquireTimeLimit: Duration = .seconds(10), logger: Logger
    ) {
        switchboard = Switchboard(
            url: url, maximumConnections: maximumConnections, acquireTimeLimit: acquireTimeLimit, logger: logger)
    }

    deinit {
        switchboard.post(.abandon)
    }

    /// Keeps the connections until graceful shutdown or cancellation, then lets what is under way end: for 5 s at most,
    /// after a cancellation for 1 s.
    package func run() async throws {
        try await run(graceAfterCancellation: .seconds(1))
    }

    func run(graceAfterCancellation: Duration) async throws {
        guard !hasRun.exchange(true, ordering: .relaxed) else {
            throw PostgresError(.poolClosed, "run() was called before; a client runs once")
        }
        guard switchboard.post(.open) else { throw PostgresError.closed }
        try? await gracefulShutdown()
        let grace = Task.isCancelled ? graceAfterCancellation : .seconds(5)
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            if !switchboard.post(.close(grace, continuation)) { continuation.resume() }
        }
    }

    /// Runs one statement, a transaction of its own.
    ///
    /// Throws `PostgresError`: `.server` with SQLSTATE; `.cancelled`, after the server was told so, when the task is
    /// cancelled; `.connectionLost` where it is not known whether the statement took effect, or none could be had.
    package func query(_ sql: SQL) async throws -> PostgresResult {
        try await switchboard.perform(.statement, sql)
    }

    /// Events on `channels`, whose names are case-sensitive.
    package func notifications(on channels: [String]) -> PostgresNotifications {
        let identifier = subscriptions.add(1, ordering: .relaxed).newValue
        let (stream, continuation) = AsyncStream.makeStream(
            of: PostgresNotificationEvent.self, bufferingPolicy: .bufferingNewest(4096))
        continuation.onTermination = { [weak switchboard] _ in switchboard?.post(.unsubscribe(identifier)) }
        let subscription = Subscription(
            identifier: identifier, channels: Set(channels), continuation: continuation)
        if !switchboard.post(.subscribe(subscription)) { continuation.finish() }
        return PostgresNotifications(stream)
    }
}
