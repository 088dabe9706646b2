/// What the event thread is asked to do.
enum Command: Sendable {
    case submit(Request, Request.Completion)
    case cancel(Request)
    /// The scope that had this lease has ended.
    case release(UInt64)
    /// The server has taken a wish to cancel for the session of that number.
    case cancellationDelivered(Int)
    case connected(Dialler.Line, Purpose)
    case connectionRefused(PostgresError, Purpose)
    case subscribe(Subscription)
    case unsubscribe(UInt64)
    case open
    /// End when everything under way has ended, but after that long at the latest.
    case close(Duration, CheckedContinuation<Void, Never>)
    /// Nobody holds the client any more.
    case abandon

    /// What a connection is opened for.
    enum Purpose: Sendable {
        case pool
        case notifications
    }
}
