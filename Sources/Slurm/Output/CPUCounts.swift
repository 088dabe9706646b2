/// CPUs by what they do: sinfo's `%C`.
package struct CPUCounts: Hashable, Sendable {
    package var allocated: Int
    package var idle: Int
    /// Down, drained or reserved.
    package var other: Int
    package var total: Int
}
