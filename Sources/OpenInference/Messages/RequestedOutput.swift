/// An output that an inference request asks for by name.
package struct RequestedOutput: Sendable, Hashable {
    package let name: String
    package let parameters: [String: ParameterValue]

    package init(name: String, parameters: [String: ParameterValue] = [:]) {
        self.name = name
        self.parameters = parameters
    }

    /// Whether the output is wanted in the binary form; nil where it says nothing of that.
    package var isBinary: Bool? {
        guard case .bool(let isBinary)? = parameters["binary_data"] else { return nil }
        return isBinary
    }

    /// How many of the highest values are wanted in place of the tensor; nil for the tensor itself.
    package var classCount: Int? {
        guard case .int(let count)? = parameters["classification"], count > 0 else { return nil }
        return Int(clamping: count)
    }

    /// - Throws: `OpenInferenceError` for parameters that mean nothing, or an extension that is not offered.
    func check(at offset: Int) throws {
        guard !parameters.isEmpty else { return }
        try SharedMemory.refuse(parameters, of: "the output \"\(name)\"", at: offset)
        if let binary = parameters["binary_data"] {
            guard case .bool = binary else {
                throw OpenInferenceError(
                    .invalid, "the output \"\(name)\": binary_data must be true or false", offset: offset)
            }
        }
        if let classification = parameters["classification"] {
            guard case .int(let count) = classification, count >= 0 else {
                throw OpenInferenceError(
                    .invalid, "the output \"\(name)\": classification must be a whole number of classes from 0 up",
                    offset: offset)
            }
        }
    }
}
