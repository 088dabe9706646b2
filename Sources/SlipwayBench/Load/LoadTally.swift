import Synchronization

/// What the connections of one run have done so far.
final class LoadTally: Sendable {
    private struct State {
        var begun = 0
        var milliseconds: [Double] = []
        var problem: String?
        var last: ContinuousClock.Instant
    }

    private let bound: Load.Bound
    private let start = ContinuousClock.now
    private let state: Mutex<State>

    init(bound: Load.Bound) {
        self.bound = bound
        state = Mutex(State(last: start))
    }

    /// Whether one more request is to be sent.
    func mayBegin() -> Bool {
        state.withLock { state in
            guard state.problem == nil else { return false }
            switch bound {
            case .seconds(let seconds):
                guard ContinuousClock.now - start < .seconds(seconds) else { return false }
            case .requests(let count):
                guard state.begun < count else { return false }
            }
            state.begun += 1
            return true
        }
    }

    func ended(_ duration: Duration) {
        let now = ContinuousClock.now
        state.withLock { state in
            state.milliseconds.append(duration / .milliseconds(1))
            state.last = now
        }
    }

    /// The run is worth nothing: it ends.
    func failed(_ problem: String) {
        state.withLock { $0.problem = $0.problem ?? problem }
    }

    func result() throws -> LoadResult {
        let state = state.withLock { $0 }
        if let problem = state.problem { throw BenchError(.answer, problem) }
        guard !state.milliseconds.isEmpty else { throw BenchError(.answer, "no request was answered") }
        return LoadResult(milliseconds: state.milliseconds.sorted(), seconds: (state.last - start) / .seconds(1))
    }
}
