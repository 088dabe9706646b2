/// One input tensor of an inference request.
package struct InferenceInput: Sendable, Hashable {
    package let name: String
    /// The size of each dimension, outermost first.
    package let shape: [Int]
    /// The elements, as many as the product of `shape`.
    package let data: TensorData
    package let parameters: [String: ParameterValue]

    package init(name: String, shape: [Int], data: TensorData, parameters: [String: ParameterValue] = [:]) {
        self.name = name
        self.shape = shape
        self.data = data
        self.parameters = parameters
    }

    package var datatype: Datatype { data.datatype }
}
