/// Where a task, or one attempt of it, is in its life.
package enum TaskState: String, Sendable, Hashable, Codable, CaseIterable {
    /// Stored; no job was asked for yet.
    case queued
    /// An attempt is on record and `sbatch` may have been called for it.
    case submitting
    /// Slurm has the job and has not started it.
    case pending
    /// The job runs.
    case running
    /// The job ended well; its model is being verified and published.
    case collecting
    case succeeded
    case failed
    case cancelled
    /// No witness knows what became of the job.
    case lost

    /// No further change comes by itself. (`lost` heals when a witness returns.)
    package var isFinal: Bool {
        switch self {
        case .queued, .submitting, .pending, .running, .collecting: false
        case .succeeded, .failed, .cancelled, .lost: true
        }
    }

    /// It ended, and not well.
    package var mayBeRetried: Bool { isFinal && self != .succeeded }

    /// Position on the way; a state never goes to a lower one within an attempt.
    package var rank: Int {
        switch self {
        case .queued: 0
        case .submitting: 1
        case .pending: 2
        case .running: 3
        case .collecting: 4
        case .lost: 5
        case .succeeded, .failed, .cancelled: 6
        }
    }
}

/// Why a task failed.
package enum FailureReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The script ended with an exit code other than 0, or by a signal.
    case exitCode = "exit_code"
    case timeout
    case outOfMemory = "out_of_memory"
    case nodeFailure = "node_failure"
    case preempted
    /// The container image is missing or does not start.
    case image
    /// What the script left could not be packed, verified or published.
    case output
    /// Slurm refused the job.
    case rejected
}

/// Who told us a fact.
package enum Witness: String, Sendable, Hashable, Codable, CaseIterable {
    /// A user's request.
    case user
    /// Slipway's own doing.
    case slipway
    case sbatch
    case squeue
    case sacct
    /// The file that the job itself leaves on the shared file system.
    case exitFile = "exit_file"
}
