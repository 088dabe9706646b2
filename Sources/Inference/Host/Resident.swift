internal import SlipwayCore
internal import Synchronization

/// A model in memory as requests hold it: as long as one of them does, it stays.
final class Resident: Sendable {
    /// Tells this stay in memory from an earlier one of the same version.
    let number: UInt64
    let source: ModelSource
    let hosted: HostedModel
    let tally: ModelTally

    private let cache = Mutex(AnswerCache())
    /// What the cache was told last, to be compared without taking its lock.
    private let cacheBytes = Atomic(0)

    init(number: UInt64, source: ModelSource, hosted: HostedModel, tally: ModelTally) {
        self.number = number
        self.source = source
        self.hosted = hosted
        self.tally = tally
    }

    /// Lets the cache hold what its owner wants now.
    func resizeCache(_ bytes: Int) {
        guard cacheBytes.load(ordering: .relaxed) != bytes else { return }
        cache.withLock { $0.resize(bytes) }
        cacheBytes.store(bytes, ordering: .relaxed)
    }

    func cachedOutputs(_ key: CacheKey) -> [Tensor]? {
        cache.withLock { $0.outputs(for: key) }
    }

    func cache(_ outputs: [Tensor], for key: CacheKey) {
        cache.withLock { $0.store(outputs, for: key) }
    }
}
