import Foundation
import Postgres
package import SlipwayCore

extension SQLTaskStore {
    package func claimSubmittable(cluster: String, limit: Int, submissionSeconds: Double) async throws -> [MLTask] {
        // The attempt is on record when this statement ends: whatever happens after it, the attempt will be searched.
        let queued = try await database.query(
            """
            WITH due AS (
                SELECT id FROM tasks
                WHERE state = 'queued' AND cluster = \(cluster) AND NOT EXISTS (
                    SELECT FROM attempts o
                    WHERE o.task_id = tasks.id AND o.state IN ('submitting', 'pending', 'running', 'collecting'))
                ORDER BY id LIMIT \(limit) FOR UPDATE SKIP LOCKED),
            task AS (
                UPDATE tasks SET state = 'submitting', attempt = tasks.attempt + 1, updated_at = now()
                FROM due WHERE tasks.id = due.id AND tasks.state = 'queued'
                RETURNING tasks.id, tasks.attempt, tasks.plan),
            attempt AS (
                INSERT INTO attempts (task_id, number, cluster, state, submission_ends_by, plan)
                SELECT id, attempt, \(cluster)::text, 'submitting',
                    now() + make_interval(secs => \(submissionSeconds)), plan
                FROM task),
            event AS (
                INSERT INTO events (task_id, attempt, state, witness, fact_at)
                SELECT id, attempt, 'submitting', 'slipway', now() FROM task)
            SELECT id, pg_notify('slipway_tasks', id || ' submitting') FROM task
            """)
        let released = try await database.query(
            """
            UPDATE attempts SET released = false, submission_ends_by = now() + make_interval(secs => \(submissionSeconds))
            FROM (
                SELECT task_id, number FROM attempts
                WHERE cluster = \(cluster) AND state = 'submitting' AND released
                    AND (submit_after IS NULL OR submit_after <= now())
                LIMIT \(limit) FOR UPDATE SKIP LOCKED) due
            WHERE attempts.task_id = due.task_id AND attempts.number = due.number AND attempts.state = 'submitting'
                AND attempts.released
            RETURNING attempts.task_id AS id
            """)
        let ids = try queued.map { try $0.taskID("id").text } + released.map { try $0.taskID("id").text }
        guard !ids.isEmpty else { return [] }
        return try await tasks(withIDs: ids)
    }

    package func beginSubmission(_ id: Attempt.ID, submissionSeconds: Double) async throws -> Int? {
        try await database.query(
            """
            UPDATE attempts SET submission_ends_by = now() + make_interval(secs => \(submissionSeconds)),
                submissions = submissions + 1
            WHERE task_id = \(id.task.text) AND number = \(id.number) AND state = 'submitting' AND NOT released
                AND submission_ends_by > now()
            RETURNING submissions
            """
        ).first?.decode("submissions")
    }

    package func noteSubmissionEnded(
        _ id: Attempt.ID, submission: Int, words: String, pause: Double
    ) async throws {
        _ = try await database.query(
            """
            WITH task AS (
                UPDATE tasks SET message = \(words), updated_at = now()
                FROM attempts a
                WHERE tasks.id = \(id.task.text) AND tasks.attempt = \(id.number) AND tasks.state = 'submitting'
                    AND a.task_id = tasks.id AND a.number = tasks.attempt AND a.submissions = \(submission)
                RETURNING tasks.id, tasks.attempt),
            attempt AS (
                UPDATE attempts SET submission_ends_by = now(), released = false, message = \(words),
                    submit_after = now() + make_interval(secs => \(pause))
                FROM task
                WHERE task_id = task.id AND number = task.attempt AND state = 'submitting'
                    AND submissions = \(submission)),
            event AS (
                INSERT INTO events (task_id, attempt, state, witness, raw, fact_at)
                SELECT id, attempt, 'submitting', 'sbatch', \(words)::text, now() FROM task)
            SELECT pg_notify('slipway_tasks', id || ' submitting') FROM task
            """)
    }

    package func releaseUnsubmitted(
        _ id: Attempt.ID, submission: Int, accountingLag: Double
    ) async throws -> Bool {
        try await database.query(
            """
            UPDATE attempts SET released = true
            WHERE task_id = \(id.task.text) AND number = \(id.number) AND state = 'submitting' AND NOT released
                AND submissions = \(submission)
                AND submission_ends_by + make_interval(secs => \(accountingLag)) < now()
            RETURNING number
            """
        ).first != nil
    }

    package func openAttempts(cluster: String, includingLost: Bool) async throws -> [OpenAttempt] {
        try await database.query(
            """
            SELECT a.task_id, a.number, a.submission_ends_by, a.released, t.cancel_requested_at IS NOT NULL AS cancelling,
                t.retries_left, \(unsafe: Attempt.columns)
            FROM attempts a JOIN tasks t ON t.id = a.task_id
            WHERE a.cluster = \(cluster) AND a.state IN ('submitting', 'pending', 'running')
            UNION ALL
            SELECT a.task_id, a.number, a.submission_ends_by, a.released, false, t.retries_left, \(unsafe: Attempt.columns)
            FROM attempts a JOIN tasks t ON t.id = a.task_id AND t.attempt = a.number AND t.state = 'lost'
            WHERE \(includingLost) AND a.cluster = \(cluster) AND a.state = 'lost'
                AND a.finished_at > now() - interval '7 days'
            """
        ).map { row in
            let id = Attempt.ID(task: try row.taskID("task_id"), number: try row.decode("number"))
            return OpenAttempt(
                attempt: try Attempt(id: id, row: row), cancelRequested: try row.decode("cancelling"),
                submissionEndsBy: try row.decode("submission_ends_by"), isReleased: try row.decode("released"),
                retriesLeft: try row.decode("retries_left"))
        }
    }

    package func apply(_ transition: AttemptTransition) async throws -> Bool {
        try await database.query(try Self.statement(for: transition)).first != nil
    }

    /// One statement, so that task, attempt and event change together or not at all. The task's row comes first in
    /// every statement that changes both: it decides, and whoever waits for it waits in order.
    static func statement(for transition: AttemptTransition) throws -> SQL {
        let facts = transition.facts
        let next = transition.next
        let plan = try next.map { String(decoding: try JSONEncoder().encode($0.plan), as: UTF8.self) }
        let state = transition.taskState
        let message = next?.message ?? transition.message
        return """
            WITH task AS (
                UPDATE tasks SET
                    state = \(state.rawValue), reason = \(next == nil ? transition.reason?.rawValue : nil),
                    message = \(message), updated_at = now(),
                    finished_at = CASE WHEN \(state.isFinal)::boolean THEN \(transition.factAt)::timestamptz END,
                    plan = coalesce(\(plan)::json, plan),
                    retries_left = retries_left - CASE WHEN \(next != nil)::boolean THEN 1 ELSE 0 END
                WHERE id = \(transition.id.task.text) AND attempt = \(transition.id.number)
                    AND state = \(transition.from.rawValue)
                    AND (cancel_requested_at IS NULL OR NOT \(state == .collecting || next != nil)::boolean)
                RETURNING id, attempt),
            moved AS (
                UPDATE attempts SET
                    state = \(transition.to.rawValue), reason = \(transition.reason?.rawValue),
                    message = \(transition.message), released = false,
                    raw_state = coalesce(\(transition.raw), raw_state), pending_reason = \(facts.pendingReason),
                    expected_start = \(facts.expectedStart), queue_position = NULL,
                    job_id = coalesce(\(facts.jobID), job_id), restarts = coalesce(\(facts.restarts), restarts),
                    submitted_at = coalesce(\(facts.submittedAt), submitted_at),
                    started_at = coalesce(\(facts.startedAt), started_at),
                    finished_at = CASE WHEN attempts.state = 'lost' THEN \(facts.finishedAt)
                        ELSE coalesce(\(facts.finishedAt), finished_at) END,
                    exit_code = coalesce(\(facts.exitCode), exit_code), signal = coalesce(\(facts.signal), signal),
                    node = coalesce(\(facts.node), node),
                    peak_memory_bytes = coalesce(\(facts.peakMemoryBytes), peak_memory_bytes)
                FROM task WHERE task_id = task.id AND number = task.attempt),
            event AS (
                INSERT INTO events (task_id, attempt, state, reason, witness, raw, message, fact_at)
                SELECT id, attempt, \(state.rawValue)::task_state,
                    \(transition.reason?.rawValue)::failure_reason, \(transition.witness.rawValue)::witness,
                    \(transition.raw)::text, \(message)::text, \(transition.factAt)::timestamptz
                FROM task)
            SELECT pg_notify('slipway_tasks', id || ' ' || \(state.rawValue)::text) FROM task
            """
    }

    package func hasJobs(cluster: String) async throws -> Bool {
        try await database.query(
            "SELECT FROM attempts WHERE cluster = \(cluster) AND state IN ('pending', 'running') LIMIT 1"
        ).first != nil
    }

    package func note(_ waiting: [WaitingNote]) async throws {
        guard !waiting.isEmpty else { return }
        let notes = String(decoding: try JSONEncoder().encode(waiting), as: UTF8.self)
        _ = try await database.query(
            """
            UPDATE attempts SET pending_reason = n.reason, expected_start = to_timestamp(n."expectedStart"),
                queue_position = n.position
            FROM json_to_recordset(\(notes)::json)
                AS n (task text, number integer, reason text, "expectedStart" double precision, position integer)
            WHERE attempts.task_id = n.task AND attempts.number = n.number
                AND (attempts.state = 'pending'
                    OR attempts.state = 'running' AND attempts.pending_reason IS NOT NULL AND n.reason IS NOT NULL)
            """)
    }

    package func adopt(_ id: Attempt.ID, jobID: Int64) async throws {
        _ = try await database.query(
            """
            UPDATE attempts SET job_id = \(jobID)
            WHERE task_id = \(id.task.text) AND number = \(id.number) AND state IN ('pending', 'running')
            """)
    }

    package func claimCollecting(limit: Int, server: ServerID) async throws -> [MLTask] {
        let rows = try await database.query(
            """
            UPDATE tasks SET collector = \(server.uuid)
            FROM (
                SELECT id FROM tasks
                WHERE state = 'collecting' AND (
                    collector = \(server.uuid)
                    OR NOT EXISTS (SELECT FROM servers s WHERE s.id = tasks.collector AND s.alive_until > now()))
                ORDER BY id LIMIT \(limit) FOR UPDATE SKIP LOCKED) due
            WHERE tasks.id = due.id AND tasks.state = 'collecting'
            RETURNING tasks.id
            """)
        let ids = try rows.map { try $0.taskID("id").text }
        return ids.isEmpty ? [] : try await tasks(withIDs: ids)
    }

    private func tasks(withIDs ids: [String]) async throws -> [MLTask] {
        try await database.query(
            """
            SELECT \(unsafe: MLTask.columns) FROM tasks t \(unsafe: MLTask.joins)
            WHERE t.id = ANY(\(ids)::text[]) ORDER BY t.id
            """
        ).map(MLTask.init(row:))
    }
}
