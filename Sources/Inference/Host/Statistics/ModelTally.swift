internal import Synchronization

/// A version's statistics while they grow.
final class ModelTally: Sendable {
    private let statistics: Mutex<ModelStatistics>

    init(key: ModelKey) {
        statistics = Mutex(ModelStatistics(key: key))
    }

    var current: ModelStatistics { statistics.withLock { $0 } }

    func update(_ body: (inout ModelStatistics) -> Void) {
        statistics.withLock { body(&$0) }
    }
}
