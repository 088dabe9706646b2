/// One output tensor of an inference response.
package struct InferenceOutput: Sendable, Hashable {
    package let name: String
    /// The size of each dimension, outermost first.
    package let shape: [Int]
    /// The elements, as many as the product of `shape`.
    package let data: TensorData
    /// Whether the elements go behind the JSON instead of into it.
    package let isBinary: Bool

    package init(name: String, shape: [Int], data: TensorData, isBinary: Bool = false) {
        self.name = name
        self.shape = shape
        self.data = data
        self.isBinary = isBinary
    }

    package var datatype: Datatype { data.datatype }
}
