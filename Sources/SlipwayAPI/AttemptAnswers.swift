package import Foundation

/// All attempts of a task, the first one first.
package struct AttemptListAnswer: Codable, Sendable {
    package var attempts: [AttemptAnswer]

    package init(attempts: [AttemptAnswer]) {
        self.attempts = attempts
    }
}

/// One Slurm job for a task.
package struct AttemptAnswer: Codable, Sendable {
    /// Counts from 1.
    package var number: Int
    package var cluster: String
    package var state: String
    package var reason: String?
    package var message: String?
    package var jobID: Int64?
    /// Slurm's own word for the state.
    package var slurmState: String?
    package var pendingReason: String?
    /// While its job waits.
    package var waiting: WaitingAnswer?
    /// How often Slurm put the job back into its queue; absent where it never did.
    package var restarts: Int?
    /// How often it was handed to sbatch.
    package var submissions: Int?
    /// Absent for an attempt that is exactly what the config asks for.
    package var plan: AttemptPlanAnswer?
    package var createdAt: Date
    package var submittedAt: Date?
    package var startedAt: Date?
    package var finishedAt: Date?
    package var exitCode: Int?
    package var signal: Int?
    package var node: String?
    package var peakMemoryBytes: Int64?

    enum CodingKeys: String, CodingKey {
        case number, cluster, state, reason, message
        case jobID = "job_id"
        case slurmState = "slurm_state"
        case pendingReason = "pending_reason"
        case waiting, restarts, submissions, plan
        case createdAt = "created_at"
        case submittedAt = "submitted_at"
        case startedAt = "started_at"
        case finishedAt = "finished_at"
        case exitCode = "exit_code"
        case signal, node
        case peakMemoryBytes = "peak_memory_bytes"
    }

    package init(
        number: Int, cluster: String, state: String, reason: String?, message: String?, jobID: Int64?,
        slurmState: String?, pendingReason: String?, createdAt: Date, submittedAt: Date?, startedAt: Date?,
        finishedAt: Date?, exitCode: Int?, signal: Int?, node: String?, peakMemoryBytes: Int64?
    ) {
        self.number = number
        self.cluster = cluster
        self.state = state
        self.reason = reason
        self.message = message
        self.jobID = jobID
        self.slurmState = slurmState
        self.pendingReason = pendingReason
        self.createdAt = createdAt
        self.submittedAt = submittedAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.exitCode = exitCode
        self.signal = signal
        self.node = node
        self.peakMemoryBytes = peakMemoryBytes
    }
}
