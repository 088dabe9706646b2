internal import Foundation
internal import SlipwayCore

/// Loads that failed, so that a broken file is not read again for every request: the error is given again for one
/// second after the first failure, and for twice as long after each further one, a minute at most.
struct LoadFailures: Sendable {
    struct Failure: Sendable {
        let key: ModelKey
        let error: any Error
        let date: Date
        /// Failures in a row.
        let count: Int
        /// Nanoseconds of the host's clock.
        let until: UInt64
    }

    private static let longest: UInt64 = 60
    /// Failures kept at a time.
    private static let capacity = 1000
    private var failures: [ModelSource: Failure] = [:]

    var all: some Collection<Failure> { failures.values }

    /// The error to give without trying again.
    func error(for source: ModelSource, at moment: Moment) -> (any Error)? {
        failures[source].flatMap { moment.nanoseconds < $0.until ? $0.error : nil }
    }

    mutating func failed(_ key: ModelKey, _ source: ModelSource, _ error: any Error, at moment: Moment) {
        let count = (failures[source]?.count ?? 0) + 1
        let seconds = min(1 << UInt64(min(count, 7) - 1), Self.longest)
        failures[source] = Failure(
            key: key, error: error, date: moment.date, count: count, until: moment.nanoseconds + seconds * 1_000_000_000
        )
        if failures.count > Self.capacity, let oldest = failures.min(by: { $0.value.date < $1.value.date }) {
            failures[oldest.key] = nil
        }
    }

    mutating func forget(_ source: ModelSource) {
        failures[source] = nil
    }

    /// There may be more room than before.
    mutating func forgetOverBudget() {
        guard !failures.isEmpty else { return }
        failures = failures.filter { ($0.value.error as? InferenceError)?.code != .overBudget }
    }

    mutating func forget(_ key: ModelKey) {
        failures = failures.filter { $0.value.key != key }
    }
}
