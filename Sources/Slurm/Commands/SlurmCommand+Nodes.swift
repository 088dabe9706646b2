extension SlurmCommand {
    /// The fields of `partitions()`, in their order.
    static let partitionFields = ["%P", "%a", "%C", "%F", "%m", "%G", "%l"]

    /// The fields of `nodes()`, in their order; the reason, free text of an administrator, is last.
    static let nodeFields = ["%N", "%P", "%T", "%C", "%m", "%e", "%G", "%E"]

    /// Shows the partitions; `SlurmOutput.partitions` reads it.
    package static func partitions() -> SlurmCommand {
        SlurmCommand("sinfo", ["--noheader", "--format=\(separated(partitionFields))"], environment: epochTimes)
    }

    /// Shows the nodes; `SlurmOutput.nodes` reads it.
    package static func nodes() -> SlurmCommand {
        SlurmCommand("sinfo", ["--noheader", "--Node", "--format=\(separated(nodeFields))"], environment: epochTimes)
    }
}
