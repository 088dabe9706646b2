import Logging
import Postgres

/// Selects by primary key, as `pgbench -S` does, from `callers` callers for `seconds`; answers with statements a second.
///
/// `url` names a database that `pgbench -i` has filled.
func benchmarkPostgres(url: String, seconds: Double, callers: Int, logger: Logger) async throws -> Double {
    let client = PostgresClient(url: url, logger: logger)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await client.run() }
        let accounts: Int = try await client.query("SELECT count(*) FROM pgbench_accounts").first?.decode(at: 0) ?? 1
        let start = ContinuousClock.now
        let end = start + .seconds(seconds)
        let total = try await withThrowingTaskGroup(of: Int.self) { workers in
            for _ in 0..<callers {
                workers.addTask {
                    var count = 0
                    while ContinuousClock.now < end {
                        let account = Int.random(in: 1...accounts)
                        let rows = try await client.query(
                            "SELECT abalance FROM pgbench_accounts WHERE aid = \(account)")
                        let _: Int = try rows[0].decode(at: 0)
                        count += 1
                    }
                    return count
                }
            }
            return try await workers.reduce(0, +)
        }
        let elapsed = ContinuousClock.now - start
        group.cancelAll()
        return Double(total) / (elapsed / .seconds(1))
    }
}
