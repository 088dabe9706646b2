import SlipwayCore
import Synchronization

/// How deliveries ended on this server, for the metrics.
final class WebhookTally: Sendable {
    enum Outcome: String, CaseIterable {
        case delivered
        /// Not taken; tried again later.
        case failed
        case givenUp = "given_up"
    }

    private let counts = Mutex<[Outcome: Int]>([:])

    func note(_ outcome: Outcome) {
        counts.withLock { $0[outcome, default: 0] += 1 }
    }

    func count(_ outcome: Outcome) -> Int { counts.withLock { $0[outcome] ?? 0 } }
}
