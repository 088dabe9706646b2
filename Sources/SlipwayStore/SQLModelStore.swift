import Foundation
package import Postgres
package import SlipwayCore

/// The model repository's register in PostgreSQL.
package struct SQLModelStore: ModelStore {
    let database: Database

    package init(client: PostgresClient) {
        self.database = Database(client: client)
    }

    package func reserve(_ reservation: VersionReservation) async throws -> Int {
        try await database.transaction { connection in
            if let task = reservation.task {
                let earlier = try await connection.query(
                    "SELECT version FROM model_versions WHERE task_id = \(task.text) AND name = \(reservation.name)")
                if let row = earlier.first { return try row.decode("version") }
            }
            // The upsert takes the model's row lock: numbers are given out one after the other.
            let model = try await connection.query(
                """
                INSERT INTO models (name, owner_id, last_version) VALUES (\(reservation.name), \(reservation.ownerID.number), 1)
                ON CONFLICT (name) DO UPDATE SET last_version = models.last_version + 1
                RETURNING last_version, owner_id = \(reservation.ownerID.number) OR EXISTS (
                    SELECT FROM users WHERE id = \(reservation.ownerID.number) AND role = 'admin') AS may_publish
                """)
            guard let row = model.first else { throw SlipwayError(.internal, "No version number was given out.") }
            guard try row.decode("may_publish") else {
                throw SlipwayError(
                    .forbidden, "The model “\(reservation.name)” belongs to somebody else; choose another model_name.")
            }
            let version = try row.decode("last_version", as: Int.self)
            _ = try await connection.query(
                """
                INSERT INTO model_versions (name, version, task_id, owner_id, cluster, description, library)
                VALUES (\(reservation.name), \(version), \(reservation.task?.text), \(reservation.ownerID.number),
                    (SELECT cluster FROM tasks WHERE id = \(reservation.task?.text)), \(reservation.description),
                    \(reservation.library))
                """)
            return version
        }
    }

    package func publish(
        name: String, version: Int, facts: PublishedFacts, base: Int?, finishing: AttemptTransition?,
        placing: @Sendable () async throws -> Void
    ) async throws -> Bool {
        let signature = try facts.signature.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        let lineage = try facts.lineage.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        return try await database.transaction { connection in
            if let finishing {
                let moved = try await connection.query(try SQLTaskStore.statement(for: finishing))
                guard moved.first != nil else { return false }
            }
            let published = try await connection.query(
                """
                UPDATE model_versions SET published_at = now(), format = \(facts.format), sha256 = \(facts.sha256),
                    bytes = \(facts.bytes), signature = \(signature), lineage = \(lineage)
                WHERE name = \(name) AND version = \(version) AND published_at IS NULL RETURNING version
                """)
            guard published.first != nil else {
                throw SlipwayError(.unavailable, "Version \(version) of “\(name)” is not reserved any more.")
            }
            if let base {
                let current = try await connection.query(
                    "SELECT version FROM model_aliases WHERE name = \(name) AND alias = 'default' FOR UPDATE")
                guard try current.first?.decode("version", as: Int.self) == base else {
                    throw SlipwayError(.conflict, "The model “\(name)” has changed meanwhile; send the file again.")
                }
            }
            // Whoever holds these rows is the only one that touches the version's folder.
            try await placing()
            // A slow collector must not move the alias back from a newer version.
            _ = try await connection.query(
                """
                INSERT INTO model_aliases (name, alias, version) VALUES (\(name), 'default', \(version))
                ON CONFLICT (name, alias) DO UPDATE SET version = greatest(model_aliases.version, excluded.version)
                """)
            return true
        }
    }

    package func abandon(name: String, version: Int) async throws {
        _ = try await database.query(
            "DELETE FROM model_versions WHERE name = \(name) AND version = \(version) AND published_at IS NULL")
    }

    package func models() async throws -> [ModelSummary] {
        try await database.query(
            """
            SELECT \(unsafe: ModelVersion.columns), counted.versions,
                (SELECT d.version FROM model_aliases d WHERE d.name = v.name AND d.alias = 'default') AS default_version
            FROM models m
            CROSS JOIN LATERAL (
                SELECT * FROM model_versions v WHERE v.name = m.name AND v.published_at IS NOT NULL
                ORDER BY v.version DESC LIMIT 1) v
            CROSS JOIN LATERAL (
                SELECT count(*) AS versions FROM model_versions c
                WHERE c.name = m.name AND c.published_at IS NOT NULL) counted
            JOIN users u ON u.id = v.owner_id
            ORDER BY v.name
            """
        ).map { row in
            ModelSummary(
                newest: try ModelVersion(row: row), versionCount: try row.decode("versions"),
                defaultVersion: try row.decode("default_version"))
        }
    }

    package func versions(of name: String) async throws -> [ModelVersion] {
        try await database.query(
            """
            SELECT \(unsafe: ModelVersion.columns) FROM model_versions v JOIN users u ON u.id = v.owner_id
            WHERE v.name = \(name) AND v.published_at IS NOT NULL ORDER BY v.version DESC
            """
        ).map(ModelVersion.init(row:))
    }

    package func version(_ selector: String?, of name: String) async throws -> ModelVersion? {
        let number = selector.flatMap { Int32($0) }.map { Int($0) }
        let alias = number == nil ? selector ?? "default" : nil
        return try await database.query(
            """
            SELECT \(unsafe: ModelVersion.columns) FROM model_versions v JOIN users u ON u.id = v.owner_id
            WHERE v.name = \(name) AND v.published_at IS NOT NULL
                AND v.version = coalesce(
                    \(number)::integer,
                    (SELECT version FROM model_aliases WHERE name = \(name) AND alias = \(alias)))
            """
        ).first.map(ModelVersion.init(row:))
    }

    package func setAlias(
        _ alias: String, of name: String, to version: Int, for viewer: Viewer
    ) async throws -> AliasOutcome {
        try await ownerChecked(name, for: viewer) {
            let rows = try await database.query(
                """
                INSERT INTO model_aliases (name, alias, version)
                SELECT name, \(alias), version FROM model_versions
                WHERE name = \(name) AND version = \(version) AND published_at IS NOT NULL
                ON CONFLICT (name, alias) DO UPDATE SET version = excluded.version
                RETURNING version
                """)
            return rows.first != nil
        }
    }

    package func removeAlias(_ alias: String, of name: String, for viewer: Viewer) async throws -> AliasOutcome {
        try await ownerChecked(name, for: viewer) {
            let rows = try await database.query(
                "DELETE FROM model_aliases WHERE name = \(name) AND alias = \(alias) RETURNING version")
            return rows.first != nil
        }
    }

    package func remove(name: String, version: Int?, for viewer: Viewer) async throws -> [Int] {
        // `default` falls back to the newest version that is left.
        try await database.transaction { connection in
            let removed = try await connection.query(
                """
                WITH gone AS (
                    DELETE FROM model_versions v USING models m
                    WHERE v.name = \(name) AND m.name = v.name AND v.published_at IS NOT NULL
                        AND (\(version)::integer IS NULL OR v.version = \(version))
                        AND (\(viewer.ownerNumber)::bigint IS NULL OR m.owner_id = \(viewer.ownerNumber))
                    RETURNING v.name, v.version, coalesce(v.cluster, '') AS cluster, v.published_at)
                INSERT INTO version_removals (name, version, cluster, published_at) SELECT * FROM gone
                RETURNING version
                """)
            _ = try await connection.query(
                """
                INSERT INTO model_aliases (name, alias, version)
                SELECT name, 'default', max(version) FROM model_versions
                WHERE name = \(name) AND published_at IS NOT NULL GROUP BY name
                ON CONFLICT DO NOTHING
                """)
            return try removed.map { try $0.decode("version") }
        }
    }

    package func owner(of name: String) async throws -> User.ID? {
        try await database.query("SELECT owner_id FROM models WHERE name = \(name)").first.map {
            User.ID(try $0.decode("owner_id"))
        }
    }

    package func holder(of name: String) async throws -> User.ID? {
        if let owner = try await owner(of: name) { return owner }
        guard let process = ProcessName(name) else { return nil }
        return try await database.query("SELECT owner_id FROM folders WHERE name = \(process.folder)").first.map {
            User.ID(try $0.decode("owner_id"))
        }
    }

    package func abandonStale(
        olderThan seconds: Double, removing: @Sendable (_ name: String, _ version: Int) async throws -> Void
    ) async throws {
        try await database.transaction { connection in
            let stale = try await connection.query(
                """
                DELETE FROM model_versions v
                WHERE v.published_at IS NULL AND v.created_at < now() - make_interval(secs => \(seconds))
                    AND NOT EXISTS (SELECT FROM tasks t WHERE t.id = v.task_id AND t.state = 'collecting')
                RETURNING v.name, v.version
                """)
            // The rows go last: files without a row would never be found again.
            for row in stale { try await removing(row.decode("name"), row.decode("version")) }
        }
    }

    func ownerChecked(
        _ name: String, for viewer: Viewer, _ change: () async throws -> Bool
    ) async throws -> AliasOutcome {
        guard let owner = try await owner(of: name) else { return .notFound }
        if let number = viewer.ownerNumber, number != owner.number { return .forbidden }
        return try await change() ? .done : .notFound
    }
}
