import Synchronization

/// Tells a blocking call, which no cancellation reaches, to end at its next step.
final class StopSign: Sendable {
    private let isRaisedNow = Mutex(false)
    private let deadline: ContinuousClock.Instant?

    /// - Parameter deadline: When it is raised by itself; nil is never.
    init(deadline: ContinuousClock.Instant? = nil) {
        self.deadline = deadline
    }

    var isRaised: Bool { isRaisedNow.withLock { $0 } || deadline.map { $0 <= .now } == true }

    func raise() { isRaisedNow.withLock { $0 = true } }
}
