/// How a model is served: the answer, and the request, whose missing members keep their values.
package struct ServingSettingsAnswer: Codable, Sendable {
    /// Seconds that a request may wait for others to be run with it.
    package var maximumQueueDelay: Double?
    package var maximumBatchRows: Int?
    /// Whether requests that wait are run together.
    package var isBatched: Bool?
    /// Bytes of answers that are kept for exact repeats.
    package var cacheBytes: Int?
    /// Stays in memory once it is loaded.
    package var isPinned: Bool?

    package enum CodingKeys: String, CodingKey, CaseIterable {
        case maximumQueueDelay = "max_queue_delay"
        case maximumBatchRows = "max_batch_rows"
        case isBatched = "batching"
        case cacheBytes = "cache_bytes"
        case isPinned = "pinned"
    }

    package init(
        maximumQueueDelay: Double?, maximumBatchRows: Int?, isBatched: Bool?, cacheBytes: Int?, isPinned: Bool?
    ) {
        self.maximumQueueDelay = maximumQueueDelay
        self.maximumBatchRows = maximumBatchRows
        self.isBatched = isBatched
        self.cacheBytes = cacheBytes
        self.isPinned = isPinned
    }
}
