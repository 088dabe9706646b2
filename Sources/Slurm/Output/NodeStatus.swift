/// One node as sinfo shows it.
package struct NodeStatus: Hashable, Sendable {
    package var name: String
    /// The partitions that it is in.
    package var partitions: [String]
    /// The state's word without the flags that sinfo appends (`*`, `~`, `#` …).
    package var state: String
    /// The state's word as it came; a `*` at its end: the node does not answer.
    package var rawState: String
    package var cpus: CPUCounts
    package var memoryMegabytes: Int64?
    /// Not in use by the operating system; nil where Slurm does not know.
    package var freeMemoryMegabytes: Int64?
    package var gres: String?
    /// Why it is down or drained; nil where it is not.
    package var reason: String?
}
