import Postgres
package import SlipwayCore

extension SQLRetentionStore {
    package func dueVersions(
        _ rule: VersionRule, after: PrunableVersion?, limit: Int
    ) async throws -> [PrunableVersion] {
        try await versions("\(Self.old(rule)) AND NOT (\(unsafe: Self.isNeeded))", after: after, limit: limit)
    }

    package func keptVersions(
        _ rule: VersionRule, after: PrunableVersion?, limit: Int
    ) async throws -> [PrunableVersion] {
        try await versions("\(Self.old(rule)) AND (\(unsafe: Self.isNeeded))", after: after, limit: limit)
    }

    package func beginRemoval(_ rule: VersionRule, limit: Int) async throws -> [PrunableVersion] {
        try await database.transaction { connection in
            // An alias that is being set holds a lock on its version until it is committed. Whoever holds this one
            // sees, in the next statement, every alias there is, and none can be added any more.
            let locked = try await connection.query(
                """
                SELECT v.name, v.version FROM model_versions v
                WHERE \(Self.old(rule)) AND NOT (\(unsafe: Self.isNeeded))
                ORDER BY v.published_at, v.name, v.version LIMIT \(limit) FOR UPDATE SKIP LOCKED
                """)
            guard locked.first != nil else { return [] }
            let names = try locked.map { try $0.decode("name", as: String.self) }
            let numbers = try locked.map { "\(try $0.decode("version", as: Int.self))" }
            return try await connection.query(
                """
                WITH gone AS (
                    DELETE FROM model_versions v
                    USING unnest(\(names)::text[], \(numbers)::text[]) AS due (name, version)
                    WHERE v.name = due.name AND v.version = due.version::integer AND v.published_at IS NOT NULL
                        AND v.cluster = \(rule.cluster) AND NOT (\(unsafe: Self.isNeeded))
                    RETURNING v.name, v.version, v.cluster, v.published_at)
                INSERT INTO version_removals (name, version, cluster, published_at)
                SELECT name, version, cluster, published_at FROM gone
                RETURNING name, version, cluster, published_at, published_at::text AS position,
                    ARRAY[]::text[] AS aliases
                """
            ).map(PrunableVersion.init(row:))
        }
    }

    package func unfinishedVersions(
        cluster: String?, after: PrunableVersion?, limit: Int
    ) async throws -> [PrunableVersion] {
        try await database.query(
            """
            SELECT name, version, cluster, published_at, published_at::text AS position, ARRAY[]::text[] AS aliases
            FROM version_removals
            WHERE (name, version) > (\(after?.name ?? ""), \(after?.version ?? 0))
                AND (\(cluster)::text IS NULL OR cluster = \(cluster))
            ORDER BY name, version LIMIT \(limit)
            """
        ).map(PrunableVersion.init(row:))
    }

    package func finishRemoval<Value: Sendable>(
        name: String, version: Int, removing: @Sendable () async throws -> Value
    ) async throws -> Value? {
        try await database.transaction { connection in
            let rows = try await connection.query(
                """
                SELECT FROM version_removals WHERE name = \(name) AND version = \(version) FOR UPDATE SKIP LOCKED
                """)
            guard rows.first != nil else { return nil }
            let value = try await removing()
            _ = try await connection.query(
                "DELETE FROM version_removals WHERE name = \(name) AND version = \(version)")
            return value
        }
    }

    private func versions(
        _ condition: SQL, after: PrunableVersion?, limit: Int
    ) async throws -> [PrunableVersion] {
        var condition = condition
        if let after {
            condition = """
                \(condition) AND (v.published_at, v.name, v.version)
                    > (\(after.position)::text::timestamptz, \(after.name), \(after.version))
                """
        }
        return try await database.query(
            """
            SELECT v.name, v.version, v.cluster, v.published_at, v.published_at::text AS position, ARRAY(
                SELECT s.alias FROM model_aliases s WHERE s.name = v.name AND s.version = v.version ORDER BY s.alias)
                AS aliases
            FROM model_versions v WHERE \(condition) ORDER BY v.published_at, v.name, v.version LIMIT \(limit)
            """
        ).map(PrunableVersion.init(row:))
    }

    /// Published by a task of the cluster, long enough ago.
    private static func old(_ rule: VersionRule) -> SQL {
        """
        v.cluster = \(rule.cluster) AND v.published_at IS NOT NULL
        AND v.published_at < now() - make_interval(secs => \(rule.seconds))
        """
    }

    /// An alias names the version `v`, or its model has no newer one.
    private static let isNeeded = """
        EXISTS (SELECT FROM model_aliases s WHERE s.name = v.name AND s.version = v.version)
        OR NOT EXISTS (
            SELECT FROM model_versions n
            WHERE n.name = v.name AND n.version > v.version AND n.published_at IS NOT NULL)
        """
}

extension PrunableVersion {
    init(row: PostgresRow) throws {
        self.init(
            name: try row.decode("name"), version: try row.decode("version"), cluster: try row.decode("cluster"),
            publishedAt: try row.decode("published_at"), aliases: try row.decode("aliases"),
            position: try row.decode("position"))
    }
}
