/// Says in one sentence for people why an attempt failed.
struct FailureSentence {
    let attempt: Attempt
    /// What was asked for, where it is known.
    let specification: TaskSpecification?
    let facts: AttemptTransition.Facts
    /// The script's last words in the log.
    let lastWords: String?
    /// The witness's own word.
    let raw: String

    func text(for reason: FailureReason) -> String {
        switch reason {
        case .exitCode: how + ending
        case .timeout where raw == JobSighting.deadlineWord: "The job missed the deadline that was set for it in Slurm."
        case .timeout:
            specification?.resources.timeLimitMinutes.map {
                "The job reached its time limit of \($0) \($0 == 1 ? "minute" : "minutes")."
            } ?? "The job reached its time limit."
        case .outOfMemory: outOfMemory
        case .nodeFailure:
            (facts.node ?? attempt.node).map { "The node \($0) failed (\(raw))." } ?? "The node failed (\(raw))."
        case .preempted: "Slurm preempted the job for another one."
        case .image: "The image is missing or does not start" + ending
        case .output: "What the script left could not be packed."
        case .rejected: "Slurm refused the job."
        }
    }

    private var ending: String { lastWords.map { ": \($0)" } ?? "." }

    private var how: String {
        if let signal = facts.signal { return "The script was ended by signal \(signal)" }
        return facts.exitCode.map { "The script ended with exit code \($0)" } ?? "The script failed"
    }

    private var outOfMemory: String {
        let asked = attempt.plan.memoryMegabytes ?? specification?.resources.memoryMegabytes
        let used = (facts.peakMemoryBytes ?? attempt.peakMemoryBytes).map { $0 >> 20 }
        return switch (asked, used) {
        case (let asked?, let used?):
            "The job ran out of memory: it asked for \(asked) MB and had \(used) MB when it was last looked at."
        case (let asked?, nil): "The job ran out of memory: it asked for \(asked) MB."
        case (nil, let used?):
            "The job ran out of memory: it asked for none, so the partition's default held, and had \(used) MB."
        case (nil, nil): "The job ran out of memory."
        }
    }
}
