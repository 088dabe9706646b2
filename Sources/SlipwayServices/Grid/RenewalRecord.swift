import Foundation
import Synchronization

/// What the runs of one cluster's command came to since this server began.
final class RenewalRecord: Sendable {
    struct Run: Sendable, Hashable {
        var time: Date
        var outcome: RenewalOutcome
    }

    private struct State {
        var counts: [RenewalOutcome.Kind: Int] = [:]
        var last: Run?
    }

    private let state = Mutex(State())

    func note(_ outcome: RenewalOutcome, at time: Date) {
        state.withLock { state in
            state.counts[outcome.kind, default: 0] += 1
            state.last = Run(time: time, outcome: outcome)
        }
    }

    /// Another server has the lease: what happened here last says nothing of now.
    func forgetLast() { state.withLock { $0.last = nil } }

    var last: Run? { state.withLock { $0.last } }

    func count(_ kind: RenewalOutcome.Kind) -> Int { state.withLock { $0.counts[kind] ?? 0 } }
}
