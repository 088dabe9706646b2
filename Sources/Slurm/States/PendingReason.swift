/// Why a job waits: Slurm's reason word as one sentence for people.
///
/// The words are those of JOB REASON CODES in squeue(1), of Slurm's page of resource limits, and what slurmctld writes
/// in their place, from Slurm 22.05 to 25.05.
package struct PendingReason: Hashable, Sendable {
    /// The reason as it came: a word, maybe with more behind a comma.
    package var raw: String
    package var sentence: String
    /// Whether it can pass without anybody changing the job or the cluster's settings; true for words that we don't know.
    package var canPass: Bool

    /// Reads a reason as squeue (`ReqNodeNotAvail, UnavailableNodes:n1`) or scontrol (`_` for blanks) prints it.
    ///
    /// nil where there is none. A word that we don't know is its own sentence.
    package init?(_ text: String) {
        guard !text.isEmpty, text != "None", text != "(null)" else { return nil }
        let word = String(text.prefix { $0 != "," && $0 != "_" && $0 != " " && $0 != "(" })
        raw = text
        if let known = Self.words[word] {
            (sentence, canPass) = known
            if let nodes = Self.nodes(in: text) { sentence += " Unavailable: \(nodes)." }
        } else if let limit = Self.limit(word) {
            (sentence, canPass) = limit
        } else if let phrase = Self.phrase(text) {
            (sentence, canPass) = phrase
        } else {
            (sentence, canPass) = (text, true)
        }
    }

    /// Slurm's free texts about jobs that it holds.
    private static func phrase(_ text: String) -> (String, Bool)? {
        let lower = text.lowercased().map { $0 == "_" ? " " : String($0) }.joined()
        if lower.contains("launch failed requeued held") {
            return (
                "Its start failed on the node; Slurm holds it until an operator releases it: `scontrol release`.", false
            )
        }
        if lower.contains("user env retrieval failed") {
            return ("Slurm could not read the user's environment and holds the job: `scontrol release`.", false)
        }
        if lower.contains("job requeued in held state") || lower.contains("requeued held") {
            return ("It was put back into the queue and is held until somebody releases it: `scontrol release`.", false)
        }
        return nil
    }

    /// The host list of `…, UnavailableNodes:n[1-3]`.
    private static func nodes(in text: String) -> String? {
        guard let range = text.firstRange(of: "UnavailableNodes:") else { return nil }
        let nodes = text[range.upperBound...]
        return nodes.isEmpty ? nil : String(nodes)
    }

    /// The families of limits: `QOSGrpCpuLimit`, `AssocMaxJobsLimit`, `MaxJobsPerAccount`, ….
    private static func limit(_ word: String) -> (String, Bool)? {
        for (prefix, owner) in [("QOS", "quality of service (QOS)"), ("Assoc", "account (association)")]
        where word.hasPrefix(prefix) {
            let rest = word.dropFirst(prefix.count)
            if rest.hasPrefix("Grp") { return (group(rest, of: owner, word), true) }
            if rest.hasPrefix("Max") { return most(rest, of: owner, word) }
            if rest.hasPrefix("Min") {
                return ("It asks for less than the \(owner) demands: \(word). It will not start as it is.", false)
            }
        }
        if word.hasPrefix("Max"), word.hasSuffix("PerAccount") {
            return ("A limit of the account is used up by other jobs: \(word).", true)
        }
        return word.hasPrefix("Max") && word.hasSuffix("Limit")
            ? ("It asks for more than one job may have: \(word). It will not start as it is.", false) : nil
    }

    private static func group(_ rest: Substring, of owner: String, _ word: String) -> String {
        rest.contains("Minutes") && !rest.contains("RunMinutes") || rest.contains("Wall")
            ? "The computing time of the \(owner) is used up: \(word). It starts when the usage is reset or has decayed."
            : "A limit on all jobs of the \(owner) together is reached: \(word). It starts when others have ended."
    }

    private static func most(_ rest: Substring, of owner: String, _ word: String) -> (String, Bool) {
        if rest.contains("Jobs") || rest.contains("SubmitJob") || rest.contains("PerUser")
            || rest.contains("PerAccount")
        {
            return (
                "A limit of the \(owner) on what one may have at a time is reached: \(word). It starts when others have ended.",
                true
            )
        }
        return ("It asks for more than the \(owner) allows one job: \(word). It will not start as it is.", false)
    }
}
