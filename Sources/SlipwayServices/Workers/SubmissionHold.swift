import Synchronization

/// A cluster that takes no more jobs for now: nothing is handed to it for a while, then one job tries whether it does
/// again, with a pause that grows until one is taken.
final class SubmissionHold: Sendable {
    private struct State {
        var until: ContinuousClock.Instant?
        var seconds = 0.0
        var words = ""
    }

    private let state = Mutex(State())

    private static let first = 5.0
    private static let longest = 120.0

    /// Nothing is handed over now.
    var isOn: Bool { state.withLock { $0.until.map { ContinuousClock.now < $0 } ?? false } }

    /// Slurm refused last, and nothing was taken since.
    var isProbing: Bool { state.withLock { $0.until != nil } }

    var seconds: Double { state.withLock { $0.seconds } }

    /// Why, in a sentence for people.
    var words: String { state.withLock { $0.words } }

    /// Slurm refused a job. Several refusals at a time are one.
    func begin(_ words: String) {
        state.withLock { state in
            state.words = words
            if let until = state.until, ContinuousClock.now < until { return }
            state.seconds = state.seconds == 0 ? Self.first : min(state.seconds * 2, Self.longest)
            state.until = ContinuousClock.now + .seconds(state.seconds)
        }
    }

    /// Slurm took a job.
    func end() {
        state.withLock { $0 = State() }
    }
}
