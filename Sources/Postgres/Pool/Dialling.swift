/// How many connections are being opened, and when the next attempt may start after failures.
struct Dialling {
    private(set) var underWay = 0
    private(set) var lastError: PostgresError?
    private(set) var notBefore = Instant(nanoseconds: 0)
    private var delay = Duration.zero

    mutating func began() {
        underWay += 1
    }

    mutating func succeeded() {
        underWay -= 1
        delay = .zero
        lastError = nil
    }

    /// Doubles the pause, from 50 ms to 2 s, with a random part so that several servers do not knock together.
    mutating func failed(_ error: PostgresError, now: Instant) {
        underWay -= 1
        lastError = error
        delay = min(max(delay * 2, .milliseconds(50)), .seconds(2))
        notBefore = now + delay * Double.random(in: 0.75...1)
    }
}
