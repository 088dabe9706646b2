import Foundation
package import Postgres
package import SlipwayCore

/// Tasks in PostgreSQL, as their users see them; what the workers need is in `SQLTaskStore+Workers.swift`.
package struct SQLTaskStore: TaskStore {
    let database: Database

    package init(client: PostgresClient) {
        self.database = Database(client: client)
    }

    package func insert(_ task: NewTask) async throws -> InsertOutcome {
        let specification = String(decoding: try JSONEncoder().encode(task.specification), as: UTF8.self)
        let isInTime: SQL = "now() < \(task.id.createdAt)::timestamptz + make_interval(secs => \(task.seconds))"
        let process = ProcessInsertion(task.process, of: task.ownerID, where: isInTime)
        do {
            let rows = try await database.query(
                """
                WITH \(process.takingNumber) task AS (
                    INSERT INTO tasks (
                        id, owner_id, cluster, experiment, specification, config, idempotency_key, content_digest,
                        retries_left, webhook_url)
                    SELECT
                        \(task.id.text)::text, \(task.ownerID.number)::bigint, \(task.specification.cluster)::text,
                        \(task.specification.experiment)::text, \(specification)::json, \(task.config)::text,
                        \(task.idempotencyKey)::text, \(Data(task.contentDigest))::bytea,
                        \(task.specification.retryPolicy.retries)::integer, \(task.specification.webhookURL)::text
                    WHERE \(isInTime) \(process.condition)
                    RETURNING id, created_at),
                \(process.insertion)
                model AS (
                    INSERT INTO models (name, owner_id)
                    SELECT \(task.specification.modelName)::text, \(task.ownerID.number)::bigint FROM task
                    WHERE \(task.specification.publishes)::boolean
                    ON CONFLICT (name) DO NOTHING)
                INSERT INTO events (task_id, attempt, state, witness, fact_at)
                SELECT id, 0, 'queued', 'user', created_at FROM task
                RETURNING task_id
                """)
            if rows.first == nil { return task.process == nil ? .tooLate : .processTaken }
        } catch let error as PostgresError where error.violates("tasks_pkey") {
            return .idTaken
        } catch let error as PostgresError where error.violates("tasks_idempotency_key") {
            guard let key = task.idempotencyKey,
                let earlier = try await self.task(idempotencyKey: key, owner: task.ownerID)
            else { throw error }
            return .keyTaken(earlier.task, contentDigest: earlier.digest)
        }
        guard let stored = try await self.task(task.id, for: .everything) else {
            throw SlipwayError(.internal, "Task \(task.id) was stored and cannot be read.")
        }
        return .inserted(stored)
    }

    package func task(_ id: TaskID, for viewer: Viewer) async throws -> MLTask? {
        try await database.query(
            """
            SELECT \(unsafe: MLTask.columns) FROM tasks t \(unsafe: MLTask.joins)
            WHERE t.id = \(id.text) AND (\(viewer.ownerNumber)::bigint IS NULL OR t.owner_id = \(viewer.ownerNumber))
            """
        ).first.map(MLTask.init(row:))
    }

    package func task(jobID: Int64, for viewer: Viewer) async throws -> MLTask? {
        try await database.query(
            """
            SELECT \(unsafe: MLTask.columns)
            FROM attempts j JOIN tasks t ON t.id = j.task_id \(unsafe: MLTask.joins)
            WHERE j.job_id = \(jobID) AND (\(viewer.ownerNumber)::bigint IS NULL OR t.owner_id = \(viewer.ownerNumber))
            ORDER BY j.created_at DESC LIMIT 1
            """
        ).first.map(MLTask.init(row:))
    }

    package func tasks(_ filter: TaskFilter, for viewer: Viewer) async throws -> [MLTask] {
        // Only conditions that are asked for are written, and states are looked up one by one, so that each list is a
        // walk along an index, however many tasks there are.
        var conditions: SQL = "true"
        if let owner = viewer.ownerNumber { conditions = "\(conditions) AND t.owner_id = \(owner)" }
        if let name = filter.owner {
            conditions = "\(conditions) AND t.owner_id = (SELECT id FROM users WHERE name = \(name))"
        }
        if let cluster = filter.cluster { conditions = "\(conditions) AND t.cluster = \(cluster)" }
        if let experiment = filter.experiment { conditions = "\(conditions) AND t.experiment = \(experiment)" }
        // The order of the index that serves the conditions, which is not the primary key's: see migration 5.
        let isNarrowed =
            viewer.ownerNumber != nil || filter.owner != nil || filter.cluster != nil || filter.experiment != nil
            || !filter.states.isEmpty
        let key: SQL = isNarrowed ? "t.id COLLATE \"POSIX\"" : "t.id"
        if let before = filter.before { conditions = "\(conditions) AND \(key) < \(before.text)" }
        let source: SQL =
            filter.states.isEmpty
            ? "(SELECT * FROM tasks t WHERE \(conditions) ORDER BY \(key) DESC LIMIT \(filter.limit)) t"
            : """
            unnest(\(filter.states.map(\.rawValue))::text[]::task_state[]) AS wanted (state)
            CROSS JOIN LATERAL (
                SELECT * FROM tasks t WHERE t.state = wanted.state AND \(conditions)
                ORDER BY \(key) DESC LIMIT \(filter.limit)) t
            """
        return try await database.query(
            """
            SELECT \(unsafe: MLTask.columns) FROM \(source) \(unsafe: MLTask.joins)
            ORDER BY t.id DESC LIMIT \(filter.limit)
            """
        ).map(MLTask.init(row:))
    }

    package func attempts(of id: TaskID) async throws -> [Attempt] {
        try await database.query(
            "SELECT a.number, \(unsafe: Attempt.columns) FROM attempts a WHERE a.task_id = \(id.text) ORDER BY a.number"
        ).map { row in try Attempt(id: Attempt.ID(task: id, number: row.decode("number")), row: row) }
    }

    package func events(of id: TaskID, after: Int64, limit: Int) async throws -> [TaskEvent] {
        try await database.query(
            """
            SELECT id, attempt, state::text AS state, reason::text AS reason, witness::text AS witness, raw, message,
                fact_at, learned_at
            FROM events WHERE task_id = \(id.text) AND id > \(after) ORDER BY id LIMIT \(limit)
            """
        ).map { row in
            TaskEvent(
                id: try row.decode("id"), task: id, attempt: try row.decode("attempt"), state: try row.word("state"),
                reason: try row.optionalWord("reason"), witness: try row.word("witness"), raw: try row.decode("raw"),
                message: try row.decode("message"), factAt: try row.decode("fact_at"),
                learnedAt: try row.decode("learned_at"))
        }
    }

    package func requestCancel(_ id: TaskID, for viewer: Viewer) async throws -> MLTask? {
        // What has no job any more, or none yet, is cancelled at once; a job is ended by the Monitor. The attempt is
        // settled with its task, whatever it was when this statement began: the task's row decides.
        _ = try await database.query(
            """
            WITH task AS (
                UPDATE tasks SET
                    cancel_requested_at = coalesce(cancel_requested_at, now()), updated_at = now(),
                    state = CASE WHEN state IN ('queued', 'collecting') THEN 'cancelled' ELSE state END,
                    message = CASE WHEN state IN ('queued', 'collecting') THEN 'Cancelled on request.' ELSE message END,
                    finished_at = CASE WHEN state IN ('queued', 'collecting') THEN now() END
                WHERE id = \(id.text) AND state IN ('queued', 'submitting', 'pending', 'running', 'collecting')
                    AND (\(viewer.ownerNumber)::bigint IS NULL OR owner_id = \(viewer.ownerNumber))
                RETURNING id, state, attempt),
            attempt AS (
                UPDATE attempts SET state = 'cancelled', finished_at = coalesce(attempts.finished_at, now()) FROM task
                WHERE task_id = task.id AND number = task.attempt AND task.state = 'cancelled'
                    AND attempts.state IN ('submitting', 'pending', 'running', 'collecting')),
            event AS (
                INSERT INTO events (task_id, attempt, state, witness, fact_at, message)
                SELECT id, attempt, state, 'user', now(),
                    CASE WHEN state = 'cancelled' THEN 'cancelled on request' ELSE 'cancellation requested' END
                FROM task)
            SELECT pg_notify('slipway_tasks', id || ' ' || state) FROM task
            """)
        return try await task(id, for: viewer)
    }

    package func requeue(_ id: TaskID, for viewer: Viewer) async throws -> Bool {
        // Who asks for another attempt has all the policy's retries again.
        try await database.query(
            """
            WITH upload AS (
                SELECT v.retired_at FROM processes p JOIN folder_versions v USING (folder, version)
                WHERE p.task_id = \(id.text) FOR SHARE OF v),
            task AS (
                UPDATE tasks SET state = 'queued', reason = NULL, message = NULL, finished_at = NULL,
                    cancel_requested_at = NULL, collector = NULL, updated_at = now(), log_pruned_at = NULL,
                    retries_left = coalesce(
                        (specification->'retry'->>'retries')::integer, \(RetryPolicy.standard.retries)),
                    plan = CASE WHEN (specification->'retry'->>'resumes')::boolean AND attempt > 0
                        THEN json_build_object('excludedNodes', '[]'::json, 'resumesFrom', attempt) END
                WHERE id = \(id.text) AND state IN ('failed', 'cancelled', 'lost')
                    AND files_pruned_at IS NULL AND NOT pruning
                    AND NOT EXISTS (SELECT FROM upload WHERE retired_at IS NOT NULL)
                    AND (\(viewer.ownerNumber)::bigint IS NULL OR owner_id = \(viewer.ownerNumber))
                RETURNING id, attempt),
            event AS (
                INSERT INTO events (task_id, attempt, state, witness, fact_at, message)
                SELECT id, attempt, 'queued', 'user', now(), 'retry requested' FROM task)
            SELECT pg_notify('slipway_tasks', id || ' queued') FROM task
            """
        ).first != nil
    }

    package func config(of id: TaskID, for viewer: Viewer) async throws -> String? {
        try await database.query(
            """
            SELECT config FROM tasks
            WHERE id = \(id.text) AND (\(viewer.ownerNumber)::bigint IS NULL OR owner_id = \(viewer.ownerNumber))
            """
        ).first?.decode("config")
    }

    package func task(idempotencyKey: String, owner: User.ID) async throws -> (task: MLTask, digest: [UInt8])? {
        let row = try await database.query(
            """
            SELECT t.content_digest, \(unsafe: MLTask.columns) FROM tasks t \(unsafe: MLTask.joins)
            WHERE t.owner_id = \(owner.number) AND t.idempotency_key = \(idempotencyKey)
            """
        ).first
        return try row.map { (try MLTask(row: $0), Array(try $0.decode("content_digest", as: Data.self))) }
    }

    package func counts() async throws -> [TaskState: Int] {
        let rows = try await database.query(
            """
            SELECT state::text AS state, count(*) AS tasks FROM tasks
            WHERE state IN ('queued', 'submitting', 'pending', 'running', 'collecting') GROUP BY state
            """)
        return try rows.reduce(into: [:]) { counts, row in
            counts[try row.word("state") as TaskState] = try row.decode("tasks", as: Int.self)
        }
    }

    package func existing(_ ids: [TaskID]) async throws -> Set<TaskID> {
        let rows = try await database.query("SELECT id FROM tasks WHERE id = ANY(\(ids.map(\.text))::text[])")
        return Set(try rows.map { try $0.taskID("id") })
    }

    package func changes() -> any AsyncSequence<TaskChange, any Error> & Sendable {
        NotifiedTaskChanges(base: database.client.notifications(on: ["slipway_tasks"]))
    }
}

extension Viewer {
    /// The owner that rows must have; nil shows all.
    var ownerNumber: Int64? {
        switch self {
        case .everything: nil
        case .owner(let id): id.number
        }
    }
}
