import Foundation
import Postgres
import SlipwayCore

extension Attempt {
    /// What `init(id:row:)` reads, from `attempts` as `a`; prefixed, since a task's row carries them too.
    static let columns = """
        a.cluster AS attempt_cluster, a.state::text AS attempt_state, a.reason::text AS attempt_reason,
        a.message AS attempt_message, a.job_id, a.raw_state, a.pending_reason, a.created_at AS attempt_created_at,
        a.submitted_at, a.started_at, a.finished_at AS attempt_finished_at, a.exit_code, a.signal, a.node,
        a.peak_memory_bytes, a.plan::text AS attempt_plan, a.submissions, a.restarts, a.expected_start, a.queue_position
        """

    init(id: Attempt.ID, row: PostgresRow) throws {
        self.init(
            id: id,
            cluster: try row.decode("attempt_cluster"),
            state: try row.word("attempt_state"),
            reason: try row.optionalWord("attempt_reason"),
            message: try row.decode("attempt_message"),
            jobID: try row.decode("job_id"),
            rawState: try row.decode("raw_state"),
            pendingReason: try row.decode("pending_reason"),
            createdAt: try row.decode("attempt_created_at"),
            submittedAt: try row.decode("submitted_at"),
            startedAt: try row.decode("started_at"),
            finishedAt: try row.decode("attempt_finished_at"),
            exitCode: try row.decode("exit_code"),
            signal: try row.decode("signal"),
            node: try row.decode("node"),
            peakMemoryBytes: try row.decode("peak_memory_bytes"),
            expectedStart: try row.decode("expected_start"),
            queuePosition: try row.decode("queue_position"),
            restarts: try row.decode("restarts"),
            submissions: try row.decode("submissions"),
            plan: try AttemptPlan(row: row))
    }
}

extension AttemptPlan {
    fileprivate init(row: PostgresRow) throws {
        guard let text = try row.decode("attempt_plan", as: String?.self) else {
            self = .unchanged
            return
        }
        self = try JSONDecoder().decode(AttemptPlan.self, from: Data(text.utf8))
    }
}
