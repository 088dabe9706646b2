extension SlurmCommand {
    /// The fields of `queue(user:)`, in their order; the name is last.
    static let queueFields = ["%i", "%T", "%a", "%P", "%r", "%V", "%S", "%e", "%N", "%l", "%Q", "%Z", "%j"]

    /// Shows every job of a user that the controller still knows, those that ended less than `MinJobAge` ago included,
    /// each element of an array on its own; `SlurmOutput.queue` reads it. `--all`: hidden partitions' jobs, too.
    package static func queue(user: String) -> SlurmCommand {
        SlurmCommand(
            "squeue",
            ["--all", "--states=all", "--array", "--noheader", "--user=\(user)", "--format=\(separated(queueFields))"],
            environment: epochTimes)
    }

    static func separated(_ fields: [String]) -> String {
        fields.joined(separator: String(SlurmOutput.separator))
    }
}
