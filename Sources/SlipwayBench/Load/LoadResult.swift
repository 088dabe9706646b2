/// What a run came to.
struct LoadResult: Sendable {
    /// How long each request took, the shortest first.
    let milliseconds: [Double]
    let seconds: Double

    var count: Int { milliseconds.count }
    var perSecond: Double { Double(count) / seconds }

    /// The time within which this share of the requests was answered.
    func quantile(_ share: Double) -> Double {
        milliseconds[min(count - 1, Int(Double(count) * share))]
    }

    /// Rate and latencies as figures.
    func figures(_ what: String, unit: String, connections: Int) -> [Figure] {
        let bound = "\(Figure.whole(count)) in \(Figure.short(seconds)) s, \(connections) connections"
        return [
            Figure(what, perSecond, unit, bound),
            Figure("  p50", quantile(0.5), "ms", ""),
            Figure("  p99", quantile(0.99), "ms", ""),
        ]
    }
}
