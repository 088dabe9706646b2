/// A named, dense array of one element type.
package struct Tensor: Sendable, Hashable {
    /// The name of the model's input or output.
    package let name: String
    /// The size of each dimension, outermost first; empty for a scalar.
    package let shape: [Int]
    /// The elements in row-major order, as many as the product of `shape`.
    package let values: TensorValues
    /// Names of the entries of the last dimension, where the model itself gives them (a classifier's classes).
    package let labels: [String]?

    package init(name: String, shape: [Int], values: TensorValues, labels: [String]? = nil) {
        self.name = name
        self.shape = shape
        self.values = values
        self.labels = labels
    }

    /// The type of the elements.
    package var type: ElementType { values.type }
}
