import Synchronization

/// Tells a blocking call, which no cancellation reaches, to end at its next step.
final class StopSign: Sendable {
    private let isRaisedNow = Mutex(false)

    var isRaised: Bool { isRaisedNow.withLock { $0 } }

    func raise() { isRaisedNow.withLock { $0 = true } }
}
