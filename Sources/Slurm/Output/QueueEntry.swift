/// One job as squeue shows it.
package struct QueueEntry: Hashable, Sendable {
    package var jobID: JobID
    package var name: String
    package var account: String
    package var partition: String
    package var state: JobState
    /// The state's word as it came.
    package var rawState: String
    /// Why it waits or how it failed (JOB REASON CODES of squeue(1)); `None` otherwise.
    package var reason: String
    /// Seconds since 1970, as are the other times. A requeue sets it anew.
    package var submitTime: Int64?
    /// Expected, while the job waits.
    package var startTime: Int64?
    /// Expected by the time limit, while the job runs.
    package var endTime: Int64?
    /// Allocated nodes as a Slurm host list (`n[1-3]`); empty while the job waits.
    package var nodes: String
    /// The highest starts first; 0 for a held job, nil where Slurm shows none.
    package var priority: Int64?
    package var workingDirectory: String
    /// nil where there is no limit or none is set yet.
    package var timeLimitSeconds: Int64?
}
