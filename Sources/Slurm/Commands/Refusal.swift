/// What sbatch's error words say about a job that was not taken.
enum Refusal: Hashable {
    /// Until somebody changes the request or the cluster.
    case lasting
    /// It may pass as other jobs end or as time goes by; `mayBeLasting` where the words leave open that the job itself
    /// is too large.
    case limit(mayBeLasting: Bool)

    /// nil where the words leave open whether there is a job, or say nothing that is known.
    init?(_ words: String) {
        let lower = words.lowercased()
        if Self.unclear.contains(where: { lower.contains($0) }) {
            return nil
        } else if Self.limits.contains(where: { lower.contains($0) }) {
            self = .limit(mayBeLasting: false)
        } else if Self.passing.contains(where: { lower.contains($0) }) {
            return nil
        } else if lower.contains("accounting/qos policy") || lower.contains("accounting policy") {
            let limits = Self.namedLimits(words)
            let isPassing = limits.contains { $0.contains("Submit") }
            self = limits.isEmpty || isPassing ? .limit(mayBeLasting: !isPassing) : .lasting
        } else if Self.final.contains(where: { lower.contains($0) }) {
            self = .lasting
        } else {
            return nil
        }
    }

    /// Slurm names the limit in a line of its own where it can (`sbatch: error: QOSMaxSubmitJobPerUserLimit`): the
    /// number of jobs is a limit that passes, the size of the job itself one that stays.
    private static func namedLimits(_ words: String) -> [Substring] {
        words.split { !$0.isLetter }.filter {
            ($0.hasPrefix("Assoc") || $0.hasPrefix("QOS") || $0.hasPrefix("Max")) && $0 != "QOS"
        }
    }

    /// The controller's answers that there is no job for now: a limit on the number of jobs in its memory (sbatch has
    /// tried again by itself before it says so), a threshold of usage that decays, a partition that is down.
    private static let limits = [
        "unable to create job record, try again", "breached requested qos usage threshold",
        "required partition not available", "requested partition configuration not available now",
        "requested operation is presently disabled", "required node not available",
    ]

    /// Words that leave open whether the job was taken. They win over all others.
    private static let unclear = [
        "unable to contact slurm controller", "socket timed out", "zero bytes were transmitted", "connection refused",
        "communication connection failure", "standby mode", "i/o error", "message receive failure",
        "message send failure", "authentication",
    ]

    /// Words of reasons that pass by themselves. They win over `final`.
    private static let passing = ["try again", "temporarily", "retrying"]

    /// Words of refusals that stay until somebody changes the request or the cluster: the error texts of Slurm 22.05
    /// to 25.05, in lower case, and those that sbatch says of its own arguments.
    private static let final = [
        "invalid account", "job has invalid account", "invalid bank account", "invalid partition name",
        "no partition specified", "invalid qos", "invalid wckey", "access/permission denied", "permission denied",
        "group not permitted to use this partition", "requested nodes not in this partition",
        "more processors requested than permitted", "node count specification invalid",
        "requested node configuration is not available", "memory required by task is not available",
        "memory specification can not be satisfied", "cpu count per node can not be satisfied",
        "cpu count specification invalid", "task count specification invalid",
        "requested time limit is invalid", "requested time limit exceeds", "time limit specification required",
        "invalid generic resource", "invalid gres specification", "invalid trackable resource",
        "invalid feature specification", "invalid node name", "invalid license", "invalid partition specified",
        "invalid user id",
        "invalid job array", "requested reservation is invalid", "access denied to requested reservation",
        "pathname of a file, directory or other parameter too long",
        "only batch jobs are accepted", "invalid --", "unrecognized option", "invalid option", "invalid time limit",
        "unable to open file", "batch script contains dos line breaks", "does not start with #!",
        "this does not look like a batch script", "batch script is empty",
    ]
}
