package import SlipwayCore

/// What became of a request for a process.
package struct WorkflowSubmission: Sendable {
    package var process: TrainingProcess
    /// As it was when the answer was due.
    package var task: MLTask
    /// Slurm's; nil where it is not known yet.
    package var jobID: Int64?
}
