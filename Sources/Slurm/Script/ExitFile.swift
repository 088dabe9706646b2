/// What the job says of itself in `exit.json` in the attempt's folder, when it is done.
///
/// The file appears whole (written aside, synced, renamed) and only from the job that holds the attempt. A job that was
/// killed at once, or that lost its node, leaves none.
package struct ExitFile: Codable, Hashable, Sendable {
    package static let name = "exit.json"

    /// Why the job failed where the script alone is not the cause.
    package enum Reason: String, Codable, Sendable {
        /// The image or the container runtime is missing or does not start.
        case image
        /// The node lacks the dataset or room for scratch.
        case node
        /// What the script left could not be packed.
        case output
        /// The script failed after it was told that the time limit comes near, or was ended at it.
        case timeLimit = "time_limit"
    }

    /// The packed model, beside the exit file.
    package struct Model: Codable, Hashable, Sendable {
        package var file: String
        package var bytes: Int64
        /// Lower-case hexadecimal; also in `FILE.sha256`, in sha256sum's format.
        package var sha256: String
    }

    package var jobID: UInt32
    package var attempt: Int
    /// The payload's exit code; 128 + n where signal n ended it.
    package var exitCode: Int
    package var signal: Int?
    /// A word of `Reason`; others are possible where the template is the site's own.
    package var reason: String?
    /// Seconds since 1970.
    package var startedAt: Int64
    package var finishedAt: Int64
    package var node: String
    /// The largest sum of resident sets of the container's processes that was seen; nil where none was.
    package var peakMemoryBytes: Int64?
    /// nil where the script left no file.
    package var model: Model?

    private enum CodingKeys: String, CodingKey {
        case jobID = "job_id"
        case attempt
        case exitCode = "exit_code"
        case signal
        case reason
        case startedAt = "started_at"
        case finishedAt = "finished_at"
        case node
        case peakMemoryBytes = "peak_memory_bytes"
        case model
    }
}
