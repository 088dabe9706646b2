/// What wrk says at the end of a run, as `load.lua` writes it; times in microseconds.
struct WrkResult: Decodable, Sendable {
    let requests: Int
    let duration: Double
    /// The time within which half, and 99 of 100, of the requests were answered.
    let p50: Double
    let p99: Double
    /// Answers of status 400 and above.
    let badStatus: Int
    let connectErrors: Int
    let readErrors: Int
    let writeErrors: Int
    let timeouts: Int

    var failures: Int { badStatus + connectErrors + readErrors + writeErrors + timeouts }
    var perSecond: Double { Double(requests) / duration * 1_000_000 }

    /// Rate and latencies as figures.
    ///
    /// - Parameter remarks: Further words, for the lines of the latencies.
    func figures(_ what: String, _ bound: String, remarks: (String, String) = ("", "")) -> [Figure] {
        [
            Figure(what, perSecond, "/s", bound),
            Figure("  p50", p50 / 1000, "ms", remarks.0),
            Figure("  p99", p99 / 1000, "ms", remarks.1),
        ]
    }
}
