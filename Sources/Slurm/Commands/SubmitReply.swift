/// What sbatch's answer says about the job.
package enum SubmitReply: Hashable, Sendable {
    case submitted(JobID, cluster: String?)
    /// Slurm certainly has no job, and asking again would not help; its own words.
    case rejected(String)
    /// Nobody knows whether there is a job, or the reason may pass: search for it before anything is sent again.
    case uncertain(String)

    /// Reads the answer to `SlurmCommand.submit`; `exitCode` is nil where sbatch was ended after its time limit or by a
    /// signal.
    ///
    /// With `--parsable` sbatch prints `id` or `id;cluster` on the last line, maybe after warnings of the site's
    /// filters.
    package init(exitCode: Int?, standardOutput: String, standardError: String) {
        let words = Self.message(standardError, standardOutput)
        if let (job, cluster) = Self.job(in: standardOutput) {
            // An id is printed only after the controller took the job: it counts more than the exit code.
            self = .submitted(job, cluster: cluster)
        } else if let exitCode {
            if exitCode == 0 {
                self = .uncertain("sbatch exited with 0 and named no job: \(words)")
            } else if Self.isFinal(standardError) {
                self = .rejected(words)
            } else {
                self = .uncertain(words.isEmpty ? "sbatch exited with \(exitCode) and said nothing" : words)
            }
        } else {
            self = .uncertain(
                words.isEmpty ? "sbatch did not answer in time" : "sbatch did not answer in time: \(words)")
        }
    }

    private static func job(in output: String) -> (JobID, cluster: String?)? {
        guard let line = output.split(separator: "\n").last(where: { !$0.allSatisfy(\.isWhitespace) }) else {
            return nil
        }
        let parts = line.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, first.allSatisfy({ $0.isASCII && $0.isNumber }), let job = JobID(first) else {
            return nil
        }
        return (job, parts.count == 2 ? String(parts[1]) : nil)
    }

    private static func message(_ texts: String...) -> String {
        for text in texts {
            let lines = text.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
            if !lines.isEmpty { return lines.joined(separator: "; ") }
        }
        return ""
    }

    private static func isFinal(_ words: String) -> Bool {
        let lower = words.lowercased()
        return !passing.contains { lower.contains($0) } && final.contains { lower.contains($0) }
    }

    /// Words of reasons that pass, or that leave open whether the job was taken. They win over `final`.
    private static let passing = [
        "unable to contact slurm controller", "socket timed out", "zero bytes were transmitted", "try again",
        "temporarily", "connection refused", "communication connection failure", "standby mode", "i/o error",
        "message receive failure", "message send failure", "retrying", "authentication",
    ]

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
        "pathname of a file, directory or other parameter too long", "accounting/qos policy", "accounting policy",
        "only batch jobs are accepted", "invalid --", "unrecognized option", "invalid option", "invalid time limit",
        "unable to open file", "batch script contains dos line breaks", "does not start with #!",
        "this does not look like a batch script", "batch script is empty",
    ]
}
