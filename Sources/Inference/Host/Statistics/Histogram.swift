/// How many values fell under each of some bounds.
package struct Histogram: Sendable, Hashable {
    /// Upper bounds, inclusive, rising; what is above the last one is counted too.
    package let bounds: [Double]
    /// One for each bound and one for what is above, not cumulative.
    package private(set) var counts: [Int]
    package private(set) var sum = 0.0

    package init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    package var count: Int { counts.reduce(0, +) }

    package mutating func add(_ value: Double, times: Int = 1) {
        var index = 0
        while index < bounds.count, value > bounds[index] { index += 1 }
        counts[index] += times
        sum += value * Double(times)
    }

    /// Seconds that small models and large ones take.
    package static let seconds = Histogram(bounds: [
        50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3, 100e-3, 250e-3, 500e-3, 1, 5, 30,
    ])

    /// Rows of a run.
    package static let rows = Histogram(bounds: (0...12).map { Double(1 << $0) })
}
