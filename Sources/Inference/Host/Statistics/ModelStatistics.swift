/// What was done for a version since the server began.
package struct ModelStatistics: Sendable, Hashable {
    /// How often, and for how many nanoseconds in all.
    package struct Span: Sendable, Hashable {
        package var count = 0
        package var nanoseconds: UInt64 = 0

        package mutating func add(_ nanoseconds: UInt64, times: Int = 1) {
            count += times
            self.nanoseconds += nanoseconds * UInt64(times)
        }
    }

    package let key: ModelKey
    /// Milliseconds since 1970; 0 where there was none.
    package var lastInference: Int64 = 0
    /// Rows that were answered, from the cache too.
    package var inferenceCount = 0
    /// Runs of the model.
    package var executionCount = 0
    /// Rows that were run.
    package var rows = 0
    /// Requests from arrival to answer, from the cache too.
    package var success = Span()
    /// Requests that ended in an error, loads that failed included.
    package var fail = Span()
    package var queue = Span()
    package var computeInput = Span()
    package var computeInfer = Span()
    package var computeOutput = Span()
    package var cacheHit = Span()
    package var cacheMiss = Span()
    package var rowsPerRun = Histogram.rows
    /// Seconds that requests waited for a runner.
    package var queueTime = Histogram.seconds
    /// Seconds from the start of a run to its answers, one entry a request.
    package var computeTime = Histogram.seconds
    package var loads = 0
    package var unloads = 0
    /// Of all loads that ended well.
    package var loadNanoseconds: UInt64 = 0
    /// Bytes that the version takes now; 0 where it is not in memory.
    package var memoryBytes: Int64 = 0

    init(key: ModelKey) {
        self.key = key
    }
}
