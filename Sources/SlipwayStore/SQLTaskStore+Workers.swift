import Foundation
import Postgres
package import SlipwayCore

extension SQLTaskStore {
    package func claimSubmittable(cluster: String, limit: Int, submissionSeconds: Double) async throws
        -> [SubmissionClaim]
    {
        // The attempt is on record when this statement ends: whatever happens after it, the attempt will be searched.
        // An array, not a join: for a join the planner may read all tasks that ever were.
        let queued = try await database.query(
            """
            WITH task AS (
                UPDATE tasks SET state = 'submitting', attempt = tasks.attempt + 1, updated_at = now()
                WHERE state = 'queued' AND id = ANY(ARRAY(
                    SELECT q.id FROM tasks q
                    WHERE q.state = 'queued' AND q.cluster = \(cluster) AND NOT EXISTS (
                        SELECT FROM attempts o
                        WHERE o.task_id = q.id AND o.state IN ('submitting', 'pending', 'running', 'collecting'))
                    ORDER BY q.id LIMIT \(limit) FOR UPDATE SKIP LOCKED))
                RETURNING tasks.id, tasks.attempt, tasks.plan),
            attempt AS (
                INSERT INTO attempts (task_id, number, cluster, state, submission_ends_by, plan)
                SELECT id, attempt, \(cluster)::text, 'submitting',
                    now() + make_interval(secs => \(submissionSeconds)), plan
                FROM task),
            event AS (
                INSERT INTO events (task_id, attempt, state, witness, fact_at)
                SELECT id, attempt, 'submitting', 'slipway', now() FROM task)
            SELECT id, attempt AS number, 1 AS claims, pg_notify('slipway_tasks', id || ' submitting') FROM task
            """)
        let released = try await database.query(
            """
            UPDATE attempts SET released = false, claims = claims + 1, submission_ends_by = now() + make_interval(secs => \(submissionSeconds))
            FROM (
                SELECT task_id, number FROM attempts
                WHERE cluster = \(cluster) AND state = 'submitting' AND released
                    AND (submit_after IS NULL OR submit_after <= now() OR EXISTS (
                        SELECT FROM tasks t WHERE t.id = task_id AND t.cancel_requested_at IS NOT NULL))
                ORDER BY submit_after NULLS FIRST, task_id
                LIMIT \(limit) FOR UPDATE SKIP LOCKED) due
            WHERE attempts.task_id = due.task_id AND attempts.number = due.number AND attempts.state = 'submitting'
                AND attempts.released
            RETURNING attempts.task_id AS id, attempts.number, attempts.claims
            """)
        // The numbers are those of these statements: by the time the tasks are read, others may have claimed them, or
        // another attempt may have begun.
        let claims = try (Array(queued) + Array(released)).map { row in
            AttemptClaim(
                attempt: Attempt.ID(task: try row.taskID("id"), number: try row.decode("number")),
                number: try row.decode("claims"))
        }
        guard !claims.isEmpty else { return [] }
        let byAttempt = Dictionary(claims.map { ($0.attempt, $0) }, uniquingKeysWith: { _, last in last })
        return try await tasks(withIDs: claims.map(\.attempt.task.text)).compactMap { task in
            guard let attempt = task.attempt, let claim = byAttempt[attempt.id] else { return nil }
            return SubmissionClaim(task: task, attempt: attempt, claim: claim)
        }
    }

    package func beginSubmission(_ claim: AttemptClaim, submissionSeconds: Double) async throws -> Int? {
        try await database.query(
            """
            UPDATE attempts SET submission_ends_by = now() + make_interval(secs => \(submissionSeconds)),
                submissions = submissions + 1
            WHERE \(Self.holds(claim)) AND NOT released AND submission_ends_by > now()
            RETURNING submissions
            """
        ).first?.decode("submissions")
    }

    package func noteSubmissionEnded(_ claim: AttemptClaim, words: String, pause: Double) async throws {
        try await note(claim, words: words, pause: pause, isReleased: false)
    }

    package func giveBack(_ claim: AttemptClaim, words: String, pause: Double) async throws {
        try await note(claim, words: words, pause: pause, isReleased: true)
    }

    private func note(_ claim: AttemptClaim, words: String, pause: Double, isReleased: Bool) async throws {
        _ = try await database.query(
            """
            WITH task AS (
                UPDATE tasks SET message = \(words), updated_at = now()
                WHERE id = \(claim.attempt.task.text) AND attempt = \(claim.attempt.number) AND state = 'submitting'
                    AND EXISTS (SELECT FROM attempts WHERE \(Self.holds(claim)))
                RETURNING id, attempt),
            moved AS (
                UPDATE attempts SET submission_ends_by = now(), released = \(isReleased), message = \(words),
                    submit_after = now() + make_interval(secs => \(pause))
                FROM task WHERE \(Self.holds(claim)) AND task_id = task.id),
            event AS (
                INSERT INTO events (task_id, attempt, state, witness, raw, fact_at)
                SELECT id, attempt, 'submitting', 'sbatch', \(words)::text, now() FROM task
                WHERE NOT \(isReleased)::boolean)
            SELECT pg_notify('slipway_tasks', id || ' submitting') FROM task
            """)
    }

    package func releaseUnsubmitted(_ claim: AttemptClaim, accountingLag: Double) async throws -> Bool {
        try await database.query(
            """
            UPDATE attempts SET released = true
            WHERE \(Self.holds(claim)) AND NOT released
                AND submission_ends_by + make_interval(secs => \(accountingLag)) < now()
            RETURNING number
            """
        ).first != nil
    }

    /// That an attempt is still to be submitted, and nobody claimed it later.
    private static func holds(_ claim: AttemptClaim) -> SQL {
        """
        attempts.task_id = \(claim.attempt.task.text) AND attempts.number = \(claim.attempt.number)
        AND attempts.state = 'submitting' AND attempts.claims = \(claim.number)
        """
    }

    package func openAttempts(cluster: String, includingLost: Bool) async throws -> [OpenAttempt] {
        // Each open attempt looks its task up (OFFSET 0 keeps it so): a join may choose to read all tasks there ever were.
        try await database.query(
            """
            SELECT a.task_id, a.number, a.submission_ends_by, a.released, t.cancel_requested_at IS NOT NULL AS cancelling,
                t.retries_left, a.claims, \(unsafe: Attempt.columns)
            FROM attempts a CROSS JOIN LATERAL (
                SELECT cancel_requested_at, retries_left FROM tasks WHERE id = a.task_id OFFSET 0) t
            WHERE a.cluster = \(cluster) AND a.state IN ('submitting', 'pending', 'running')
            UNION ALL
            SELECT a.task_id, a.number, a.submission_ends_by, a.released, t.cancel_requested_at IS NOT NULL,
                t.retries_left, a.claims, \(unsafe: Attempt.columns)
            FROM attempts a JOIN tasks t ON t.id = a.task_id AND t.attempt = a.number AND t.state = 'lost'
            WHERE \(includingLost) AND a.cluster = \(cluster) AND a.state = 'lost'
                AND a.finished_at > now() - interval '7 days'
            """
        ).map { row in
            let id = Attempt.ID(task: try row.taskID("task_id"), number: try row.decode("number"))
            return OpenAttempt(
                attempt: try Attempt(id: id, row: row), cancelRequested: try row.decode("cancelling"),
                submissionEndsBy: try row.decode("submission_ends_by"), isReleased: try row.decode("released"),
                retriesLeft: try row.decode("retries_left"), claims: try row.decode("claims"))
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
        let rightful: SQL = transition.claim.map { "EXISTS (SELECT FROM attempts WHERE \(holds($0)))" } ?? "true"
        return """
            WITH task AS (
                UPDATE tasks SET
                    state = \(state.rawValue), reason = \(next == nil ? transition.reason?.rawValue : nil),
                    message = \(message), updated_at = now(),
                    finished_at = CASE WHEN \(state.isFinal)::boolean THEN \(transition.factAt)::timestamptz END,
                    plan = coalesce(\(plan)::json, plan),
                    retries_left = retries_left - CASE WHEN \(next != nil)::boolean THEN 1 ELSE 0 END
                WHERE id = \(transition.id.task.text) AND attempt = \(transition.id.number)
                    AND state = \(transition.from.rawValue) AND \(rightful)
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

    package func hasJobs(cluster: String, beside id: Attempt.ID) async throws -> Bool {
        try await database.query(
            """
            SELECT FROM attempts
            WHERE cluster = \(cluster) AND state IN ('submitting', 'pending', 'running')
                AND (state <> 'submitting' OR submissions > 0 AND NOT released)
                AND (task_id, number) <> (\(id.task.text), \(id.number))
            LIMIT 1
            """
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

    package func claimCollecting(
        limit: Int, server: ServerID, except later: [TaskID]
    ) async throws -> [MLTask] {
        let rows = try await database.query(
            """
            UPDATE tasks SET collector = \(server.uuid)
            WHERE state = 'collecting' AND id = ANY(ARRAY(
                SELECT c.id FROM tasks c
                WHERE c.state = 'collecting' AND NOT c.id = ANY(\(later.map(\.text))::text[]) AND (
                    c.collector = \(server.uuid)
                    OR NOT EXISTS (SELECT FROM servers s WHERE s.id = c.collector AND s.alive_until > now()))
                ORDER BY c.id LIMIT \(limit) FOR UPDATE SKIP LOCKED))
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
