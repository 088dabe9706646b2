package import SlipwayCore
import Slurm

extension Attempt {
    /// Whether its job waits to start, or to start again.
    package var isWaiting: Bool { state == .pending || state == .running && pendingReason != nil }

    /// Why its job waits, as one sentence for people; nil where it does not wait or Slurm gives no reason.
    package var waitingExplanation: String? {
        guard isWaiting, let pendingReason else { return nil }
        return PendingReason(pendingReason)?.sentence
    }
}
