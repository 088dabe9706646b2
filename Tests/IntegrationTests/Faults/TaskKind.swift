import SlipwayAPI

/// The tasks that servers are killed over. The job's name says to the sbatch of these tests how to answer.
enum TaskKind: String, CaseIterable, Sendable {
    case quick
    case failing
    /// Fails the first time, and is tried again because the config says so.
    case lucky
    /// Fails the first time, and is tried again because its user says so.
    case retried
    /// Waits or runs until it is cancelled.
    case waiting
    /// sbatch submits it and complains.
    case unclear
    /// sbatch does not submit it the first time and gives no clear answer.
    case refused

    var end: ExpectedEnd {
        switch self {
        case .quick, .unclear, .refused: .succeeded
        case .failing: .failed
        case .lucky, .retried: .succeededSecond
        case .waiting: .cancelled
        }
    }

    var script: TrainingScript {
        switch self {
        case .quick, .unclear, .refused: .quick
        case .failing: TrainingScript(text: "raise SystemExit(5)")
        case .lucky, .retried: .secondTime
        case .waiting: .gated
        }
    }

    func config(webhook: String? = nil) -> TaskConfig {
        var further: [String: JSONValue] = [:]
        if self == .lucky {
            further = ["retries": .integer(1), "retry_on": .array([.string("exit_code")])]
        }
        if let webhook { further["webhook_url"] = .string(webhook) }
        return TaskConfig(
            experiment: rawValue, modelName: "shared", resources: ["time": .integer(10)], further: further)
    }

    /// Answers as the job's name says. What it did before it remembers in the attempt's folder.
    static let sbatch = """
        #!/bin/sh
        case "$*" in
        *--job-name=unclear*)
            PATH='$REAL' sbatch "$@" >/dev/null
            echo 'sbatch: error: Batch job submission failed: Socket timed out on send/recv operation' >&2
            exit 1 ;;
        *--job-name=refused*)
            for script; do :; done
            if mkdir "${script%/*}/refused" 2>/dev/null; then
                echo 'sbatch: error: Batch job submission failed: Unable to contact slurm controller' >&2
                exit 1
            fi ;;
        esac
        PATH='$REAL' exec sbatch "$@"
        """
}

extension TrainingScript {
    /// Fails in the first attempt, and leaves a model in the second.
    static let secondTime = TrainingScript(
        text: """
            import os, sys
            if os.environ["SLIPWAY_ATTEMPT"] == "1":
                sys.exit(5)
            with open(os.path.join(os.environ["SLIPWAY_OUTPUT"], "model.txt"), "w") as file:
                file.write("a model\\n")
            """)
}
