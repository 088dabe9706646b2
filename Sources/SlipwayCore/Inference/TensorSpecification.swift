/// What a model says about one of its inputs or outputs.
package struct TensorSpecification: Sendable, Codable, Hashable {
    package let name: String
    package let type: ElementType
    /// The size of each dimension, outermost first; -1 where any size goes.
    package let shape: [Int]

    package init(name: String, type: ElementType, shape: [Int]) {
        self.name = name
        self.type = type
        self.shape = shape
    }
}
