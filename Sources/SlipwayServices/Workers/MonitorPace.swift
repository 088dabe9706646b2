/// Seconds between two looks at a cluster: few while something changes, more when nothing does, more still where Slurm
/// answers slowly, and never fewer than the cluster's floor.
struct MonitorPace {
    enum Outcome {
        case changed
        case unchanged
        /// There is nothing of ours on the cluster.
        case idle
        /// Slurm or the database did not answer.
        case failed
    }

    private let floor: Double
    /// Before so many seconds no hint brings the next look.
    private(set) var least: Double
    /// After so many seconds the next look comes without a hint.
    private(set) var interval: Double

    private static let longest = 10.0
    private static let longestAfterFailure = 15.0
    private static let idle = 30.0
    /// Slurm's controller works for us at most this share of the time.
    private static let share = 0.1
    private static let longestForSlowness = 60.0

    init(floor: Double) {
        self.floor = floor
        self.least = floor
        self.interval = floor
    }

    /// - Parameter seconds: How long squeue took.
    mutating func note(_ outcome: Outcome, answeredIn seconds: Double) {
        least = max(floor, min(seconds / Self.share, Self.longestForSlowness))
        switch outcome {
        case .changed: interval = least
        case .unchanged: interval = max(least, min(interval * 1.5, Self.longest))
        case .idle: interval = max(least, Self.idle)
        case .failed: interval = max(least, min(interval * 1.5, Self.longestAfterFailure))
        }
    }
}
