package import Postgres
package import SlipwayCore

/// Uploaded folders and their processes in PostgreSQL. A process's number is taken where its task is stored, in
/// `SQLTaskStore.insert`.
package struct SQLFolderStore: FolderStore {
    let database: Database

    package init(client: PostgresClient) {
        self.database = Database(client: client)
    }

    package func folder(_ name: String) async throws -> TrainingFolder? {
        try await database.query("\(Self.selection) WHERE f.name = \(name)").first.map(TrainingFolder.init(row:))
    }

    package func reserve(_ name: String, for owner: User.ID) async throws -> FolderVersion? {
        // The upsert takes the folder's row lock: numbers are given out one after the other.
        try await database.query(
            """
            WITH folder AS (
                INSERT INTO folders (name, owner_id, last_version) VALUES (\(name), \(owner.number), 1)
                ON CONFLICT (name) DO UPDATE SET last_version = folders.last_version + 1
                    WHERE folders.owner_id = excluded.owner_id
                RETURNING name, last_version)
            INSERT INTO folder_versions (folder, version) SELECT name, last_version FROM folder
            RETURNING folder, version
            """
        ).first.map(FolderVersion.init(row:))
    }

    package func publish(
        _ version: FolderVersion, files: Int, bytes: Int64, placing: @Sendable () async throws -> Void
    ) async throws -> TrainingFolder {
        try await database.transaction { connection in
            let published = try await connection.query(
                """
                UPDATE folder_versions SET published_at = now(), files = \(files), bytes = \(bytes)
                WHERE folder = \(version.folder) AND version = \(version.version) AND published_at IS NULL
                RETURNING version
                """)
            guard published.first != nil else {
                throw SlipwayError(
                    .unavailable, "Version \(version.version) of “\(version.folder)” is not reserved any more.")
            }
            // Whoever holds this row is the only one that touches the version's folder.
            try await placing()
            // A slow upload must not take the place of one that began later.
            _ = try await connection.query(
                """
                UPDATE folders SET version = \(version.version)
                WHERE name = \(version.folder) AND (version IS NULL OR version < \(version.version))
                """)
            let rows = try await connection.query("\(Self.selection) WHERE f.name = \(version.folder)")
            guard let row = rows.first else {
                throw SlipwayError(.internal, "The folder “\(version.folder)” was published and cannot be read.")
            }
            return try TrainingFolder(row: row)
        }
    }

    package func abandon(_ version: FolderVersion) async throws {
        _ = try await database.query(
            """
            DELETE FROM folder_versions
            WHERE folder = \(version.folder) AND version = \(version.version) AND published_at IS NULL
            """)
    }

    package func abandonStale(
        olderThan seconds: Double, removing: @Sendable (FolderVersion) async throws -> Void
    ) async throws {
        try await database.transaction { connection in
            let stale = try await connection.query(
                """
                DELETE FROM folder_versions
                WHERE published_at IS NULL AND created_at < now() - make_interval(secs => \(seconds))
                RETURNING folder, version
                """)
            // The rows go last: files without a row would never be found again.
            for row in stale { try await removing(FolderVersion(row: row)) }
        }
    }

    package func process(
        _ name: ProcessName, for viewer: Viewer
    ) async throws -> (process: TrainingProcess, task: MLTask)? {
        let row = try await database.query(
            """
            SELECT p.folder, p.number, p.version, p.task_id, \(unsafe: MLTask.columns)
            FROM processes p JOIN tasks t ON t.id = p.task_id \(unsafe: MLTask.joins)
            WHERE p.folder = \(name.folder) AND p.number = \(name.number)
                AND (\(viewer.ownerNumber)::bigint IS NULL OR t.owner_id = \(viewer.ownerNumber))
            """
        ).first
        return try row.map { (try TrainingProcess(row: $0), try MLTask(row: $0)) }
    }

    package func process(of task: TaskID) async throws -> TrainingProcess? {
        try await database.query("SELECT folder, number, version, task_id FROM processes WHERE task_id = \(task.text)")
            .first.map(TrainingProcess.init(row:))
    }

    private static let selection: SQL = """
        SELECT f.name, f.owner_id, u.name AS owner, f.version, f.process_count
        FROM folders f JOIN users u ON u.id = f.owner_id
        """
}

extension TrainingFolder {
    fileprivate init(row: PostgresRow) throws {
        self.init(
            name: try row.decode("name"), ownerID: User.ID(try row.decode("owner_id")), owner: try row.decode("owner"),
            version: try row.decode("version"), processCount: try row.decode("process_count"))
    }
}

extension FolderVersion {
    init(row: PostgresRow) throws {
        self.init(folder: try row.decode("folder"), version: try row.decode("version"))
    }
}

extension TrainingProcess {
    fileprivate init(row: PostgresRow) throws {
        self.init(
            name: ProcessName(folder: try row.decode("folder"), number: try row.decode("number")),
            version: try row.decode("version"), task: try row.taskID("task_id"))
    }
}
