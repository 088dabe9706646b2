import Foundation
package import Postgres
package import SlipwayCore

/// Webhooks in PostgreSQL, by the database's clock alone. A trigger puts a row for each end of a task.
package struct SQLWebhookStore: WebhookStore {
    let database: Database

    package init(client: PostgresClient) {
        self.database = Database(client: client)
    }

    package func claimDue(limit: Int, seconds: Double) async throws -> [WebhookMessage] {
        // What was never sent comes first: a receiver that hangs keeps no other one waiting with its repetitions.
        // The model is that of the task's one publication: told with the success, not with ends before it.
        try await database.query(
            """
            WITH due AS (
                SELECT id FROM webhook_deliveries
                WHERE next_try_at <= now() AND (claimed_until IS NULL OR claimed_until < now())
                ORDER BY tries, next_try_at LIMIT \(limit) FOR UPDATE SKIP LOCKED),
            taken AS (
                UPDATE webhook_deliveries w
                SET claimed_until = now() + make_interval(secs => \(seconds)), tries = w.tries + 1
                FROM due WHERE w.id = due.id AND w.next_try_at IS NOT NULL
                RETURNING w.*)
            SELECT w.id, w.tries, extract(epoch FROM now() - w.created_at)::float8 AS age, t.webhook_url, w.task_id,
                u.name AS owner, t.experiment, w.state::text AS state, w.reason::text AS reason, w.message, w.attempt,
                a.job_id, t.created_at, w.finished_at, v.name AS model_name, v.version AS model_version,
                v.sha256 AS model_sha256, v.bytes AS model_bytes
            FROM taken w JOIN tasks t ON t.id = w.task_id JOIN users u ON u.id = t.owner_id
            LEFT JOIN attempts a ON a.task_id = w.task_id AND a.number = w.attempt
            LEFT JOIN model_versions v ON v.task_id = t.id AND v.published_at IS NOT NULL AND w.state = 'succeeded'
            WHERE t.webhook_url IS NOT NULL
            ORDER BY w.created_at
            """
        ).map { row in
            WebhookMessage(
                claim: .init(id: try row.decode("id"), tries: try row.decode("tries")), age: try row.decode("age"),
                url: try row.decode("webhook_url"), task: try row.taskID("task_id"), owner: try row.decode("owner"),
                experiment: try row.decode("experiment"), state: try row.word("state"),
                reason: try row.optionalWord("reason"), message: try row.decode("message"),
                attempt: try row.decode("attempt"), jobID: try row.decode("job_id"),
                createdAt: try row.decode("created_at"), finishedAt: try row.decode("finished_at"),
                model: try ModelReference(taskRow: row))
        }
    }

    package func noteDelivered(_ claim: WebhookMessage.Claim) async throws -> Bool {
        try await database.query(
            """
            UPDATE webhook_deliveries
            SET delivered_at = now(), next_try_at = NULL, claimed_until = NULL, last_error = NULL
            WHERE id = \(claim.id) AND tries = \(claim.tries) AND next_try_at IS NOT NULL RETURNING id
            """
        ).first != nil
    }

    package func noteFailed(
        _ claim: WebhookMessage.Claim, error: String, retryAfter seconds: Double?
    ) async throws -> Bool {
        try await database.query(
            """
            UPDATE webhook_deliveries
            SET last_error = \(error), claimed_until = NULL,
                next_try_at = now() + make_interval(secs => \(seconds)::float8),
                given_up_at = CASE WHEN \(seconds)::float8 IS NULL THEN now() END
            WHERE id = \(claim.id) AND tries = \(claim.tries) AND next_try_at IS NOT NULL RETURNING id
            """
        ).first != nil
    }

    package func release(_ claim: WebhookMessage.Claim) async throws -> Bool {
        try await database.query(
            """
            UPDATE webhook_deliveries SET claimed_until = NULL
            WHERE id = \(claim.id) AND tries = \(claim.tries) AND next_try_at IS NOT NULL RETURNING id
            """
        ).first != nil
    }

    package func newest(of task: TaskID) async throws -> WebhookStatus? {
        try await database.query(
            """
            SELECT t.webhook_url, w.tries, w.delivered_at, w.next_try_at, w.last_error
            FROM webhook_deliveries w JOIN tasks t ON t.id = w.task_id AND t.webhook_url IS NOT NULL
            WHERE w.task_id = \(task.text) ORDER BY w.created_at DESC LIMIT 1
            """
        ).first.map { row in
            WebhookStatus(
                url: try row.decode("webhook_url"), tries: try row.decode("tries"),
                deliveredAt: try row.decode("delivered_at"), nextTryAt: try row.decode("next_try_at"),
                lastError: try row.decode("last_error"))
        }
    }

    package func waiting() async throws -> Int {
        try await database.query("SELECT count(*) AS waiting FROM webhook_deliveries WHERE next_try_at IS NOT NULL")
            .first?.decode("waiting") ?? 0
    }
}
