package import Foundation

/// One Slurm job for a task.
package struct Attempt: Sendable, Identifiable {
    package struct ID: Sendable, Hashable, CustomStringConvertible {
        package var task: TaskID
        /// Counts from 1.
        package var number: Int

        package init(task: TaskID, number: Int) {
            self.task = task
            self.number = number
        }

        package var description: String { "\(task)/\(number)" }
    }

    package var id: ID
    package var cluster: String
    package var state: TaskState
    package var reason: FailureReason?
    package var message: String?
    /// Slurm's number for the job; nil until it is known.
    package var jobID: Int64?
    /// The witness's own word for the state, such as `CANCELLED by 1000`.
    package var rawState: String?
    /// Slurm's word for why the job waits, such as `Priority`; of a running attempt: why a job that Slurm put back into
    /// its queue waits.
    package var pendingReason: String?
    /// When Slurm expects to start the waiting job, where it says so.
    package var expectedStart: Date?
    /// Place among Slipway's jobs that wait in the same partition, from 1; nil where it is not known.
    package var queuePosition: Int?
    /// How often Slurm put the job back into its queue.
    package var restarts: Int
    /// How often the attempt was handed to sbatch.
    package var submissions: Int
    package var plan: AttemptPlan
    package var createdAt: Date
    package var submittedAt: Date?
    package var startedAt: Date?
    package var finishedAt: Date?
    package var exitCode: Int?
    package var signal: Int?
    package var node: String?
    package var peakMemoryBytes: Int64?

    package init(
        id: ID, cluster: String, state: TaskState, reason: FailureReason? = nil, message: String? = nil,
        jobID: Int64? = nil, rawState: String? = nil, pendingReason: String? = nil, createdAt: Date,
        submittedAt: Date? = nil, startedAt: Date? = nil, finishedAt: Date? = nil, exitCode: Int? = nil,
        signal: Int? = nil, node: String? = nil, peakMemoryBytes: Int64? = nil, expectedStart: Date? = nil,
        queuePosition: Int? = nil, restarts: Int = 0, submissions: Int = 0, plan: AttemptPlan = .unchanged
    ) {
        self.id = id
        self.cluster = cluster
        self.state = state
        self.reason = reason
        self.message = message
        self.jobID = jobID
        self.rawState = rawState
        self.pendingReason = pendingReason
        self.createdAt = createdAt
        self.submittedAt = submittedAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.exitCode = exitCode
        self.signal = signal
        self.node = node
        self.peakMemoryBytes = peakMemoryBytes
        self.expectedStart = expectedStart
        self.queuePosition = queuePosition
        self.restarts = restarts
        self.submissions = submissions
        self.plan = plan
    }
}
