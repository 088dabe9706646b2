extension InferenceRequest {
    /// An output as this request wants it: as it is or as its highest values, in JSON or in the binary form.
    ///
    /// - Parameter labels: Names of the classes, where the model has some.
    /// - Throws: `invalid` where classes are wanted of elements that have no order.
    package func answer(
        _ name: String, shape: [Int], data: TensorData, labels: [String]? = nil
    ) throws -> InferenceOutput {
        let wish = outputs?.first { $0.name == name }
        let isBinary = wish?.isBinary ?? wantsBinaryOutputs
        guard let count = wish?.classCount else {
            return InferenceOutput(name: name, shape: shape, data: data, isBinary: isBinary)
        }
        guard let classes = Classification(count: count, labels: labels).highest(of: data, shape: shape) else {
            throw OpenInferenceError(
                .invalid,
                "the output \"\(name)\" asks for classification, but its elements are \(data.datatype.rawValue), "
                    + "which are no scores")
        }
        return InferenceOutput(name: name, shape: classes.shape, data: .bytes(classes.texts), isBinary: isBinary)
    }
}
