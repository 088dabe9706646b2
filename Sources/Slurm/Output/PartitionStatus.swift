/// One partition as sinfo shows it.
package struct PartitionStatus: Hashable, Sendable {
    package var name: String
    package var isDefault: Bool
    /// `up`, `down`, `drain` or `inact`.
    package var availability: String
    package var cpus: CPUCounts
    package var nodes: NodeCounts
    /// Memory of its smallest node kind; nil where Slurm does not know.
    package var memoryMegabytes: Int64?
    /// Generic resources of its nodes, such as `gpu:4`; nil where there are none.
    package var gres: String?
    /// nil where the partition has no limit.
    package var timeLimitSeconds: Int64?

    /// Nodes by what they do: sinfo's `%F`.
    package struct NodeCounts: Hashable, Sendable {
        package var allocated: Int
        package var idle: Int
        package var other: Int
        package var total: Int
    }
}
