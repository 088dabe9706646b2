/// What a model's metadata says about one input or output.
package struct TensorMetadata: Sendable, Hashable {
    package let name: String
    package let datatype: Datatype
    /// The size of each dimension, outermost first; -1 where any size goes.
    package let shape: [Int]

    package init(name: String, datatype: Datatype, shape: [Int]) {
        self.name = name
        self.datatype = datatype
        self.shape = shape
    }
}
