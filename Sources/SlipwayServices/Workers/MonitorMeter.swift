import Synchronization

/// How long the looks at one cluster take, and whether this server is the one that looks.
final class MonitorMeter: Sendable {
    struct Cycles {
        var count = 0
        /// Of all cycles together.
        var seconds = 0.0
        /// Of the last one.
        var lastSeconds = 0.0
        /// Attempts that the last one followed.
        var lastAttempts = 0
    }

    private let lease: Lease
    private let state = Mutex(Cycles())

    init(lease: Lease) {
        self.lease = lease
    }

    /// - Parameter seconds: From the question to the database to the last change, squeue and sacct included.
    func cycleEnded(seconds: Double, attempts: Int) {
        state.withLock {
            $0.count += 1
            $0.seconds += seconds
            $0.lastSeconds = seconds
            $0.lastAttempts = attempts
        }
    }

    var cycles: Cycles { state.withLock { $0 } }
    var isFollowing: Bool { lease.isHeld }
}
