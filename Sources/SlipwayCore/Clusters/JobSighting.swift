package import Foundation

/// What one witness says about one Slurm job.
package struct JobSighting: Sendable, Hashable {
    /// Slurm's state, reduced to what decides a task's life.
    package enum Phase: Sendable, Hashable {
        case waiting
        case running
        case ended(Ending)
        /// A word that we don't know: carried, never judged.
        case unknown
    }

    package enum Ending: Sendable, Hashable {
        case completed
        case cancelled
        case failed(FailureReason)
    }

    package var jobID: Int64
    package var witness: Witness
    package var phase: Phase
    /// The witness's own word.
    package var raw: String
    /// Why it waits, or more on how it ended.
    package var detail: String?
    /// The job's working directory: it names the attempt.
    package var workingDirectory: String
    package var submittedAt: Date?
    package var startedAt: Date?
    package var endedAt: Date?
    package var exitCode: Int?
    package var signal: Int?
    package var node: String?
    package var peakMemoryBytes: Int64?
    package var partition: String
    /// Slurm's weight of a waiting job: the highest starts first.
    package var priority: Int64?
    /// When Slurm expects to start a waiting job.
    package var expectedStart: Date?

    package init(
        jobID: Int64, witness: Witness, phase: Phase, raw: String, detail: String? = nil, workingDirectory: String,
        submittedAt: Date? = nil, startedAt: Date? = nil, endedAt: Date? = nil, exitCode: Int? = nil,
        signal: Int? = nil, node: String? = nil, peakMemoryBytes: Int64? = nil, partition: String = "",
        priority: Int64? = nil, expectedStart: Date? = nil
    ) {
        self.jobID = jobID
        self.witness = witness
        self.phase = phase
        self.raw = raw
        self.detail = detail
        self.workingDirectory = workingDirectory
        self.submittedAt = submittedAt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.exitCode = exitCode
        self.signal = signal
        self.node = node
        self.peakMemoryBytes = peakMemoryBytes
        self.partition = partition
        self.priority = priority
        self.expectedStart = expectedStart
    }

    /// Slurm's word for a job whose deadline passed; no later attempt could meet it.
    package static let deadlineWord = "DEADLINE"
    /// Slurm's word for a job that is leaving its nodes, to its end or back into the queue.
    package static let completingWord = "COMPLETING"
    /// Slurm's words for a job that holds its nodes and stands still.
    package static let suspendedWords: Set = ["SUSPENDED", "STOPPED"]

    package var isSuspended: Bool { Self.suspendedWords.contains(raw) }
}
