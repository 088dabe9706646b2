internal import Foundation

/// The times of one run, in nanoseconds of the host's clock.
struct EndedRun {
    let start: UInt64
    /// The rows were together.
    let joined: UInt64
    /// The model was done.
    let inferred: UInt64
    /// The rows were apart.
    let end: UInt64
    let date: Date

    func timing(of request: PendingInference) -> InferenceTiming {
        var timing = InferenceTiming()
        timing.queue = waited(request)
        timing.computeInput = joined - start
        timing.computeInfer = inferred - joined
        timing.computeOutput = end - inferred
        return timing
    }

    /// Nanoseconds in the queue. A runner reads its clock before it looks into the queue: what comes between the two has
    /// not waited.
    private func waited(_ request: PendingInference) -> UInt64 { start > request.arrival ? start - request.arrival : 0 }

    /// Puts the run into the statistics of the version that all requests are for.
    func count(_ requests: some Collection<PendingInference>, rows: Int) {
        requests.first?.resident.tally.update { statistics in
            statistics.lastInference = Int64(date.timeIntervalSince1970 * 1000)
            statistics.inferenceCount += rows
            statistics.executionCount += 1
            statistics.rows += rows
            statistics.rowsPerRun.add(Double(rows))
            statistics.computeInput.add(joined - start, times: requests.count)
            statistics.computeInfer.add(inferred - joined, times: requests.count)
            statistics.computeOutput.add(end - inferred, times: requests.count)
            statistics.computeTime.add(Double(end - start) / 1e9, times: requests.count)
            for request in requests {
                statistics.queue.add(waited(request))
                statistics.queueTime.add(Double(waited(request)) / 1e9)
                statistics.success.add(end - request.arrival)
                if request.cacheKey != nil { statistics.cacheMiss.add(request.cacheNanoseconds) }
            }
        }
    }
}
