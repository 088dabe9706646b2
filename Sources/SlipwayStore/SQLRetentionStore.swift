package import Postgres
package import SlipwayCore

/// What retention has begun and done, in PostgreSQL, by the database's clock alone.
package struct SQLRetentionStore: RetentionStore {
    let database: Database

    package init(client: PostgresClient) {
        self.database = Database(client: client)
    }

    package func dueTasks(
        _ rule: TaskRule, after: PrunableTask?, limit: Int
    ) async throws -> [PrunableTask] {
        var condition = Self.due(rule)
        if let after {
            condition = "\(condition) AND (finished_at, id) > (\(after.position)::text::timestamptz, \(after.id.text))"
        }
        return try await database.query(
            """
            SELECT \(unsafe: PrunableTask.columns) FROM tasks WHERE \(condition)
            ORDER BY finished_at, id LIMIT \(limit)
            """
        ).map(PrunableTask.init(row:))
    }

    package func beginPruning(_ rule: TaskRule, limit: Int) async throws -> [PrunableTask] {
        // A retry that came first has taken the row out of its final state; one that comes later finds it taken.
        // An array, not a join: for a join the planner would read the whole table.
        let column = Self.column(rule.part)
        return try await database.query(
            """
            UPDATE tasks SET \(column) = now(), pruning = true
            WHERE id = ANY(ARRAY(
                    SELECT id FROM tasks WHERE \(Self.due(rule))
                    ORDER BY finished_at, id LIMIT \(limit) FOR UPDATE SKIP LOCKED))
                AND \(column) IS NULL AND state IN ('succeeded', 'failed', 'cancelled', 'lost')
            RETURNING \(unsafe: PrunableTask.columns)
            """
        ).map(PrunableTask.init(row:))
    }

    package func unfinishedTasks(cluster: String?, after: TaskID?, limit: Int) async throws -> [PrunableTask] {
        try await database.query(
            """
            SELECT \(unsafe: PrunableTask.columns) FROM tasks
            WHERE pruning AND id > \(after?.text ?? "") AND (\(cluster)::text IS NULL OR cluster = \(cluster))
            ORDER BY id LIMIT \(limit)
            """
        ).map(PrunableTask.init(row:))
    }

    package func finishPruning<Value: Sendable>(
        _ id: TaskID, removing: @Sendable (Set<TaskPart>) async throws -> Value
    ) async throws -> Value? {
        try await database.transaction { connection in
            let rows = try await connection.query(
                """
                SELECT files_pruned_at IS NOT NULL AS files_pruned, log_pruned_at IS NOT NULL AS log_pruned
                FROM tasks
                WHERE id = \(id.text) AND pruning AND state IN ('succeeded', 'failed', 'cancelled', 'lost')
                FOR UPDATE SKIP LOCKED
                """)
            guard let row = rows.first else { return nil }
            let value = try await removing(row.prunedParts())
            _ = try await connection.query(
                """
                UPDATE tasks SET pruning = false
                WHERE id = \(id.text) AND pruning AND state IN ('succeeded', 'failed', 'cancelled', 'lost')
                """)
            return value
        }
    }

    private static func column(_ part: TaskPart) -> SQL {
        switch part {
        case .files: "files_pruned_at"
        case .log: "log_pruned_at"
        }
    }

    /// What is compared with the ends is one moment, so that the index is read from its oldest entry up to it.
    private static func due(_ rule: TaskRule) -> SQL {
        """
        cluster = \(rule.cluster) AND \(column(rule.part)) IS NULL
        AND finished_at < now() - make_interval(secs => \(rule.seconds))
        AND (state IN ('succeeded', 'failed', 'cancelled')
            OR state = 'lost' AND finished_at < now() - make_interval(secs => \(rule.secondsWhereLost)))
        AND NOT EXISTS (
            SELECT FROM attempts o
            WHERE o.task_id = tasks.id AND o.state IN ('submitting', 'pending', 'running', 'collecting'))
        """
    }
}

extension PrunableTask {
    static let columns = """
        tasks.id, tasks.cluster, tasks.finished_at, tasks.finished_at::text AS position,
        tasks.files_pruned_at IS NOT NULL AS files_pruned, tasks.log_pruned_at IS NOT NULL AS log_pruned
        """

    init(row: PostgresRow) throws {
        self.init(
            id: try row.taskID("id"), cluster: try row.decode("cluster"), finishedAt: try row.decode("finished_at"),
            parts: try row.prunedParts(), position: try row.decode("position"))
    }
}

extension PostgresRow {
    /// From the columns `files_pruned` and `log_pruned`.
    fileprivate func prunedParts() throws -> Set<TaskPart> {
        var parts: Set<TaskPart> = []
        if try decode("files_pruned") { parts.insert(.files) }
        if try decode("log_pruned") { parts.insert(.log) }
        return parts
    }
}
