import Synchronization

/// Places that take no more jobs for now: nothing is handed to them for a while, then one job after the other tries
/// whether they do again, with a pause that grows until one is taken.
final class SubmissionHold: Sendable {
    /// What a limit may be one of.
    struct Place: Hashable {
        var partition: String
        var account: String?
    }

    /// Why nothing is handed over, in a sentence for people, and for how many seconds.
    struct Pause: Sendable {
        var words: String
        var seconds: Double
    }

    private struct State {
        var pause: Pause
        var until: ContinuousClock.Instant
    }

    private let places = Mutex<[Place: State]>([:])

    private static let first = 5.0
    private static let longest = 120.0

    /// The pause that is on now; nil where there is none.
    func pause(of place: Place) -> Pause? {
        places.withLock { places in places[place].flatMap { ContinuousClock.now < $0.until ? $0.pause : nil } }
    }

    /// Slurm refused a job. Several refusals at a time are one.
    func begin(_ words: String, at place: Place) -> Pause {
        places.withLock { places in
            let now = ContinuousClock.now
            if let state = places[place], now < state.until { return state.pause }
            let seconds = places[place].map { min($0.pause.seconds * 2, Self.longest) } ?? Self.first
            let pause = Pause(words: words, seconds: seconds)
            places[place] = State(pause: pause, until: now + .seconds(seconds))
            return pause
        }
    }

    /// Slurm took a job.
    func end(at place: Place) {
        places.withLock { $0[place] = nil }
    }
}
