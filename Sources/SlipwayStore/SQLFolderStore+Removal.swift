import Postgres
package import SlipwayCore

extension SQLFolderStore {
    package func close(_ name: String, for viewer: Viewer) async throws -> Bool {
        try await database.query(
            """
            UPDATE folders SET version = NULL
            WHERE name = \(name) AND version IS NOT NULL
                AND (\(viewer.ownerNumber)::bigint IS NULL OR owner_id = \(viewer.ownerNumber))
            RETURNING name
            """
        ).first != nil
    }

    package func retire(of folder: String?, limit: Int) async throws -> [FolderVersion] {
        // A version that was replaced or closed never becomes its folder's present one again, so that no submission can
        // come between. A retry can: it holds the version's row while it looks, and the second statement sees what it
        // did.
        try await database.transaction { connection in
            let unused = try await connection.query(
                """
                SELECT v.folder, v.version FROM folder_versions v JOIN folders f ON f.name = v.folder
                WHERE v.published_at IS NOT NULL AND v.retired_at IS NULL AND f.version IS DISTINCT FROM v.version
                    AND (\(folder)::text IS NULL OR v.folder = \(folder)) AND NOT \(Self.isNeeded)
                ORDER BY v.folder, v.version LIMIT \(limit) FOR NO KEY UPDATE OF v SKIP LOCKED
                """)
            for version in try unused.map(FolderVersion.init(row:)) {
                _ = try await connection.query(
                    """
                    UPDATE folder_versions v SET retired_at = now()
                    WHERE v.folder = \(version.folder) AND v.version = \(version.version)
                        AND v.published_at IS NOT NULL AND v.retired_at IS NULL AND NOT \(Self.isNeeded)
                    """)
            }
            return try await connection.query(
                """
                SELECT folder, version FROM folder_versions
                WHERE retired_at IS NOT NULL AND removed_at IS NULL
                    AND (\(folder)::text IS NULL OR folder = \(folder))
                ORDER BY folder, version LIMIT \(limit)
                """
            ).map(FolderVersion.init(row:))
        }
    }

    package func finishRemoval(_ version: FolderVersion) async throws {
        _ = try await database.query(
            """
            UPDATE folder_versions SET removed_at = now()
            WHERE folder = \(version.folder) AND version = \(version.version)
                AND retired_at IS NOT NULL AND removed_at IS NULL
            """)
    }

    /// A task reads the version `v`, or may still: a lost one is found again for a week.
    private static let isNeeded: SQL = """
        EXISTS (
            SELECT FROM processes p JOIN tasks t ON t.id = p.task_id
            WHERE p.folder = v.folder AND p.version = v.version
                AND (t.state NOT IN ('succeeded', 'failed', 'cancelled', 'lost')
                    OR t.state = 'lost' AND t.finished_at > now() - interval '8 days'
                    OR EXISTS (
                        SELECT FROM attempts o
                        WHERE o.task_id = t.id
                            AND o.state IN ('submitting', 'pending', 'running', 'collecting'))))
        """
}
