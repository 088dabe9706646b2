/// How long to wait before the next try: twice as long each time, with chance mixed in so that many clients of one
/// server do not come back in step.
package struct Backoff: Sendable {
    private let first: Duration
    private let longest: Duration
    private let tries: Int
    private var failures = 0

    /// At most `tries` waits in a row, of about `first` up to about `longest`.
    package init(first: Duration, longest: Duration, tries: Int) {
        self.first = first
        self.longest = longest
        self.tries = tries
    }

    /// After a success the count starts again.
    package mutating func succeeded() { failures = 0 }

    /// The wait before the next try, between half and all of the doubled time; nil when it is time to give up.
    package mutating func failed(using generator: inout some RandomNumberGenerator) -> Duration? {
        guard failures < tries else { return nil }
        let whole = min(first * (1 << min(failures, 20)), longest)
        failures += 1
        return whole * Double.random(in: 0.5...1, using: &generator)
    }

    package mutating func failed() -> Duration? {
        var generator = SystemRandomNumberGenerator()
        return failed(using: &generator)
    }
}
