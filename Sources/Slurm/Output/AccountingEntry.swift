/// One job as sacct shows it, its steps folded in.
package struct AccountingEntry: Hashable, Sendable {
    package var jobID: JobID
    /// As the accounting database keeps it: slurmdbd turns `"` into a backquote, and a database that is not utf8mb4
    /// turns emoji into `?`. squeue has the name unchanged.
    package var name: String
    package var account: String
    package var partition: String
    package var state: JobState
    /// The state's word as it came, such as `CANCELLED by 1000`.
    package var rawState: String
    /// The batch script's exit code without its highest bit: Slurm shows 143 as 15 and 255 as 127.
    package var exitCode: Int
    /// The signal that ended the batch script; 0 where none did.
    package var exitSignal: Int
    /// Seconds since 1970, as are the other times. With the id it names a job; a requeue sets it anew.
    package var submitTime: Int64?
    package var startTime: Int64?
    package var endTime: Int64?
    /// Nodes as a Slurm host list; empty where the job never had any.
    package var nodes: String
    /// The last reason on record; nil where there is none.
    package var reason: String?
    package var workingDirectory: String
    /// The largest MaxRSS of its steps, `.batch` included; nil where none was sampled.
    package var peakMemoryBytes: Int64?
    package var requestedMemoryBytes: Int64?
    package var elapsedSeconds: Int64
}
