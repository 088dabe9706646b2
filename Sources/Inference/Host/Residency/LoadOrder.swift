/// A load to be carried out.
struct LoadOrder: Sendable, Hashable {
    let number: UInt64
    /// Nil for a look at files that are not published.
    let key: ModelKey?
    let source: ModelSource
    /// What the model takes at the least: its files, or what was measured before.
    let leastBytes: Int64
}
