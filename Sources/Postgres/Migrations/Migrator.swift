/// Brings a database's schema to what this program knows.
///
/// Each migration runs in a transaction of its own, together with its row in `slipway_migrations`. An advisory lock
/// lets one migrator at a time through. A database with migrations that this program does not know, or knows
/// otherwise, is refused with `.migration`.
package struct Migrator: Sendable {
    /// In the order of their numbers.
    package let migrations: [Migration]
    /// The key of the advisory lock: "slipway" in ASCII.
    private static let lockKey: Int64 = 0x73_6c69_7077_6179

    package init(migrations: [Migration]) {
        self.migrations = migrations.sorted { $0.number < $1.number }
    }

    /// Applies what the database lacks and answers with it, in order.
    @discardableResult
    package func apply(on client: PostgresClient) async throws -> [Migration] {
        try await locked(on: client) { connection in
            let (history, checksums) = try await checkedHistory(on: connection)
            let missing = migrations.dropFirst(history.count)
            for migration in missing {
                let checksum = checksums[migration.number]
                try await run(migration, "up", migration.up, on: connection) {
                    """
                    INSERT INTO slipway_migrations (number, name, checksum)
                    VALUES (\(migration.number), \(migration.name), \(checksum ?? ""))
                    """
                }
            }
            return Array(missing)
        }
    }

    /// Takes back every migration above `number`, newest first, and answers with them; 0 takes all back.
    @discardableResult
    package func revert(to number: Int, on client: PostgresClient) async throws -> [Migration] {
        try await locked(on: client) { connection in
            let (history, _) = try await checkedHistory(on: connection)
            let surplus = migrations.prefix(history.count).filter { $0.number > number }.reversed()
            for migration in surplus {
                try await run(migration, "down", migration.down, on: connection) {
                    "DELETE FROM slipway_migrations WHERE number = \(migration.number)"
                }
            }
            return Array(surplus)
        }
    }

    private func locked<T>(
        on client: PostgresClient, _ body: (PostgresConnection) async throws -> T
    ) async throws -> T {
        try await client.withConnection { connection in
            _ = try await connection.query("SELECT pg_advisory_lock(\(Self.lockKey))")
            do {
                let value = try await body(connection)
                _ = try await connection.query("SELECT pg_advisory_unlock(\(Self.lockKey))")
                return value
            } catch {
                // Not cancellable: the connection goes back to the pool and must not take the lock with it.
                _ = try? await connection.switchboard.performShielded(
                    .leased(connection.lease), "SELECT pg_advisory_unlock(\(Self.lockKey))")
                throw error
            }
        }
    }

    private func run(
        _ migration: Migration, _ direction: String, _ script: String, on connection: PostgresConnection,
        record: () -> SQL
    ) async throws {
        do {
            try await connection.withTransaction { connection in
                // A savepoint does not outlive its transaction: its release fails where the script has ended that.
                _ = try await connection.query("SAVEPOINT slipway_migration")
                try await connection.execute(script: script)
                _ = try await connection.query("RELEASE SAVEPOINT slipway_migration")
                _ = try await connection.query(record())
            }
        } catch let error as PostgresError where error.code == .server || error.code == .rolledBack {
            // 25P01, 3B001: no transaction, or another one.
            let hasEnded = error.sqlState == "25P01" || error.sqlState == "3B001"
            let what =
                hasEnded
                ? "ended its own transaction: remove BEGIN, COMMIT and ROLLBACK from it" : "failed and was rolled back"
            throw PostgresError(
                .migration, "migration \(migration.number) \(migration.name) (\(direction)) \(what)",
                sqlState: error.sqlState, detail: error.detail, constraint: error.constraint, underlying: error)
        }
    }
}
