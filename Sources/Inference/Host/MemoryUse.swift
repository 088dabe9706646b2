/// What models take of the budget, in bytes.
package struct MemoryUse: Sendable, Hashable {
    /// Models in memory, on their way in and on their way out.
    package var used: Int64
    package var budget: Int64
    /// The models that are ready.
    package var byModel: [ModelKey: Int64]
}
