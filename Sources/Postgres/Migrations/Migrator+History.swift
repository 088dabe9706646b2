extension Migrator {
    /// What the database has, after checking that it is a beginning of what this program knows, and the checksums of
    /// all.
    func checkedHistory(on connection: PostgresConnection) async throws -> (history: [Int], checksums: [Int: String]) {
        for (earlier, later) in zip(migrations, migrations.dropFirst()) where earlier.number == later.number {
            throw PostgresError(
                .migration,
                "two migrations have the number \(later.number): \(earlier.name) and \(later.name); number one anew")
        }
        try await createTable(on: connection)
        let checksums = try await checksums(on: connection)
        let rows = try await connection.query("SELECT number, name, checksum FROM slipway_migrations ORDER BY number")
        let known = migrations.last?.number ?? 0
        var history: [Int] = []
        for (index, row) in rows.enumerated() {
            let number: Int = try row.decode("number")
            let name: String = try row.decode("name")
            guard number <= known else {
                throw PostgresError(
                    .migration,
                    "the database is newer than this program: it has migration \(number) \(name), and the newest known "
                        + "here is \(known); use the program's newer version, or revert with that one first")
            }
            guard index < migrations.count, migrations[index].number == number else {
                throw PostgresError(
                    .migration,
                    "the database's migration \(number) \(name) is not the one that follows here; this program knows "
                        + migrations.map { String($0.number) }.joined(separator: ", "))
            }
            guard try row.decode("checksum") == checksums[number] else {
                throw PostgresError(
                    .migration,
                    "migration \(number) \(name) was changed after it was applied; restore its text and add a new one")
            }
            history.append(number)
        }
        return (history, checksums)
    }

    private func createTable(on connection: PostgresConnection) async throws {
        _ = try await connection.query(
            """
            CREATE TABLE IF NOT EXISTS slipway_migrations (
                number bigint PRIMARY KEY,
                name text NOT NULL,
                checksum text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now()
            )
            """)
    }

    /// SHA-256 of each migration's `up`, by its number; PostgreSQL computes them.
    private func checksums(on connection: PostgresConnection) async throws -> [Int: String] {
        let rows = try await connection.query(
            """
            SELECT number, encode(sha256(convert_to(text, 'UTF8')), 'hex') AS checksum
            FROM unnest(\(migrations.map(\.number))::bigint[], \(migrations.map(\.up))::text[]) AS m (number, text)
            """)
        return try rows.reduce(into: [:]) { sums, row in
            sums[try row.decode("number", as: Int.self)] = try row.decode("checksum", as: String.self)
        }
    }
}
