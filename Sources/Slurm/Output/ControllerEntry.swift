/// One job as the controller shows it (`scontrol show job`).
package struct ControllerEntry: Hashable, Sendable {
    package var jobID: JobID
    package var name: String
    package var partition: String
    package var state: JobState
    /// The state's word as it came.
    package var rawState: String
    /// Why it waits or how it failed, blanks in it replaced by `_`; nil where there is none.
    package var reason: String?
    package var exitCode: Int
    /// The signal that ended the batch script; 0 where none did.
    package var exitSignal: Int
    /// Seconds since 1970, as are the other times. A requeue sets it anew.
    package var submitTime: Int64?
    /// Expected, while the job waits.
    package var startTime: Int64?
    /// Expected by the time limit, while the job runs.
    package var endTime: Int64?
    package var priority: Int64?
    /// How often it was requeued.
    package var restarts: Int
    /// Slurm may requeue it by itself.
    package var isRequeueable: Bool
    /// Allocated nodes as a Slurm host list; empty where it has none.
    package var nodes: String
    package var workingDirectory: String
}
