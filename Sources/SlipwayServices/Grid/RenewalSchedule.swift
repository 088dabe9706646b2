import Foundation

/// When the operator's command runs next.
///
/// It runs each so many seconds, counted from the last run or, after a start, from when the proxy was written; and at
/// once when the proxy ends within twice that time or does not serve at all. What does not help is not repeated in
/// haste: after a failure it waits a minute, then two, then four, at most the usual time.
struct RenewalSchedule: Sendable {
    private let every: Double
    private var lastRun: Date?
    /// Runs in a row that failed.
    private var failures = 0
    /// The last run ended well, and yet the proxy soon ends: it cannot do better.
    private var isShort = false

    private static let firstPause = 60.0

    init(every: Double) {
        self.every = every
    }

    /// Seconds of validity below which the proxy is renewed at once.
    var margin: Double { 2 * every }

    /// - Parameter left: Seconds that the proxy still lasts, 0 where it does not serve.
    mutating func ended(at now: Date, isRenewed: Bool, left: Double) {
        lastRun = now
        failures = isRenewed ? 0 : failures + 1
        isShort = isRenewed && left < margin
    }

    /// Another server ran the command meanwhile, or will; what is known here is stale when this one's turn comes.
    mutating func lost() { self = RenewalSchedule(every: every) }

    /// Seconds until the next run; 0 is now.
    ///
    /// - Parameters:
    ///   - left: Seconds that the proxy still lasts, 0 where it does not serve.
    ///   - writtenAt: When its file was written; nil where there is none.
    func wait(now: Date, left: Double, writtenAt: Date?) -> Double {
        guard let base = lastRun ?? writtenAt else { return 0 }
        let pause =
            if left >= margin {
                failures == 0 ? every : pauseAfterFailure
            } else if lastRun == nil {
                0.0
            } else if failures > 0 {
                pauseAfterFailure
            } else {
                isShort ? every : 0
            }
        // A clock that was set back makes nobody wait longer.
        return min(pause, max(0, pause - now.timeIntervalSince(base)))
    }

    private var pauseAfterFailure: Double { min(every, Self.firstPause * pow(2, Double(min(failures, 30) - 1))) }
}
