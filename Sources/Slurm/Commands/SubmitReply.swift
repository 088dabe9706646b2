/// What sbatch's answer says about the job.
package enum SubmitReply: Hashable, Sendable {
    case submitted(JobID, cluster: String?)
    /// Slurm certainly has no job, and asking again would not help; its own words.
    case rejected(String)
    /// Slurm certainly has no job, because of a limit or a state that may pass as other jobs end; its own words.
    case limited(String, mayBeLasting: Bool)
    /// Nobody knows whether there is a job, or the reason may pass: search for it before anything is sent again.
    case uncertain(String)

    /// Reads the answer to `SlurmCommand.submit`; `exitCode` is nil where sbatch was ended after its time limit or by a
    /// signal.
    ///
    /// With `--parsable` sbatch prints `id` or `id;cluster` on the last line, maybe after warnings of the site's
    /// filters; without it, where a site's wrapper drops it, `Submitted batch job id`.
    package init(exitCode: Int?, standardOutput: String, standardError: String) {
        let words = Self.message(standardError, standardOutput)
        if let (job, cluster) = Self.job(in: standardOutput) {
            // An id is printed only after the controller took the job: it counts more than the exit code.
            self = .submitted(job, cluster: cluster)
        } else if let exitCode {
            if exitCode == 0 {
                self = .uncertain("sbatch exited with 0 and named no job: \(words)")
            } else {
                self =
                    switch Refusal(standardError) {
                    case .lasting: .rejected(words)
                    case .limit(let mayBeLasting): .limited(words, mayBeLasting: mayBeLasting)
                    case nil:
                        .uncertain(words.isEmpty ? "sbatch exited with \(exitCode) and said nothing" : words)
                    }
            }
        } else {
            self = .uncertain(
                words.isEmpty ? "sbatch did not answer in time" : "sbatch did not answer in time: \(words)")
        }
    }

    private static func job(in output: String) -> (JobID, cluster: String?)? {
        let lines = output.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
        if let last = lines.last {
            let parts = last.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
            if let job = number(parts[0]) { return (job, parts.count == 2 ? String(parts[1]) : nil) }
        }
        for line in lines.reversed() {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.starts(with: ["Submitted", "batch", "job"]), words.count == 4 || words.count == 7,
                let job = number(words[3])
            else { continue }
            if words.count == 4 { return (job, nil) }
            if words[4] == "on", words[5] == "cluster" { return (job, String(words[6])) }
        }
        return nil
    }

    private static func number(_ text: Substring) -> JobID? {
        text.allSatisfy { $0.isASCII && $0.isNumber } ? JobID(text) : nil
    }

    private static func message(_ texts: String...) -> String {
        for text in texts {
            let lines = text.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
            if !lines.isEmpty { return lines.joined(separator: "; ") }
        }
        return ""
    }
}
