import SlipwayCore

/// A job's state as ml-task-manager tells it: a word of Slurm's, and a sentence.
struct JobSentence {
    var state: TaskState
    var reason: FailureReason?
    var pendingReason: String?
    var exitCode: Int?
    var signal: Int?

    var text: String {
        switch state {
        case .queued: "PENDING: The job has not been handed to Slurm yet."
        case .submitting: "PENDING: The job is being handed to Slurm."
        case .pending:
            "PENDING: The job is waiting for resource allocation\(pendingReason.map { " (\($0))" } ?? "")."
        case .running: "RUNNING: The job is currently running."
        case .collecting: "COMPLETING: The job has ended and its output is being collected."
        case .succeeded: "COMPLETED: The job has completed successfully."
        case .failed: failure
        case .cancelled: "CANCELLED: The job was cancelled."
        case .lost: "UNKNOWN: Neither Slurm nor the job's own files tell what became of the job."
        }
    }

    private var failure: String {
        switch reason {
        case .exitCode, nil:
            if let signal, signal != 0 {
                "FAILED: The job was ended by signal \(signal)."
            } else if let exitCode {
                "FAILED: The job has ended with exit code \(exitCode)."
            } else {
                "FAILED: The job has failed."
            }
        case .timeout: "TIMEOUT: The job was ended because it reached its time limit."
        case .outOfMemory: "OUT_OF_MEMORY: The job was ended because it used more memory than it may."
        case .nodeFailure: "NODE_FAIL: The job was ended because its node failed."
        case .preempted: "PREEMPTED: The job was ended to make room for another one."
        case .image: "FAILED: The container image is missing or did not start."
        case .output: "FAILED: What the job left could not be collected."
        case .rejected: "FAILED: Slurm refused the job."
        }
    }
}
