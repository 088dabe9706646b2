/// How a model is served: set by its owner, the same for all its versions.
package struct ServingSettings: Sendable, Hashable, Codable {
    /// Seconds that a request may wait for others to be run with it; 0 runs it at once.
    package var maximumQueueDelay: Double
    /// Rows that one run takes at most.
    package var maximumBatchRows: Int
    /// Whether requests that wait are run together at all.
    package var isBatched: Bool
    /// Bytes of answers that are kept for exact repeats; 0 keeps none.
    package var cacheBytes: Int
    /// Stays in memory once it is loaded.
    package var isPinned: Bool

    package init(
        maximumQueueDelay: Double = 0, maximumBatchRows: Int = 256, isBatched: Bool = true, cacheBytes: Int = 0,
        isPinned: Bool = false
    ) {
        self.maximumQueueDelay = maximumQueueDelay
        self.maximumBatchRows = maximumBatchRows
        self.isBatched = isBatched
        self.cacheBytes = cacheBytes
        self.isPinned = isPinned
    }
}
