/// Asks the world outside, which sends no events, again and again.
enum Patience {
    /// Limits are what an able machine may need. They end what hangs and measure nothing: every machine gets so many
    /// times as long, for it may be slow or busy.
    static let factor = 4

    /// Waits until `condition` holds; throws `TestFailure` when it does not in time.
    static func until(
        _ what: String, within limit: Duration = .seconds(60), _ condition: () async throws -> Bool
    ) async throws {
        let limit = limit * factor
        let end = ContinuousClock.now + limit
        while try await !condition() {
            guard ContinuousClock.now < end else { throw TestFailure("not within \(limit): \(what)") }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Waits until there is a value.
    static func value<Value>(
        _ what: String, within limit: Duration = .seconds(60), _ find: () async throws -> Value?
    ) async throws -> Value {
        var found: Value?
        try await until(what, within: limit) {
            found = try await find()
            return found != nil
        }
        guard let found else { throw TestFailure("not found: \(what)") }
        return found
    }
}
