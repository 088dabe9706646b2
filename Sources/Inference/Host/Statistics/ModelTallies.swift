internal import Synchronization

/// The statistics of every version that was asked for. They outlast the model's stay in memory.
final class ModelTallies: Sendable {
    /// Versions come and go for as long as the server runs; the numbers of these are kept.
    private static let capacity = 4096
    private let tallies = Mutex<[ModelKey: ModelTally]>([:])

    subscript(key: ModelKey) -> ModelTally {
        tallies.withLock { tallies in
            if let tally = tallies[key] { return tally }
            if tallies.count >= Self.capacity,
                let stale = tallies.min(by: { $0.value.current.lastInference < $1.value.current.lastInference })
            {
                tallies[stale.key] = nil
            }
            let tally = ModelTally(key: key)
            tallies[key] = tally
            return tally
        }
    }

    var all: [ModelTally] { tallies.withLock { Array($0.values) } }
}
