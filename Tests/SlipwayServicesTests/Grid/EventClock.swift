/// A clock whose time is over when something has happened.
struct EventClock: Clock {
    let minimumResolution = Duration.nanoseconds(1)
    var now: ContinuousClock.Instant { .now }
    /// Looked at again and again.
    let hasHappened: @Sendable () -> Bool

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        while !hasHappened() { try await Task.sleep(for: .milliseconds(5)) }
    }
}
