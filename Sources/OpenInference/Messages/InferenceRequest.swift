package import NIOCore

/// An inference request of the Open Inference Protocol version 2.
package struct InferenceRequest: Sendable, Hashable {
    /// The caller's own name for the request, to be sent back.
    package let id: String?
    package let parameters: [String: ParameterValue]
    package let inputs: [InferenceInput]
    /// The wanted outputs; all of them where nil.
    package let outputs: [RequestedOutput]?

    package init(
        id: String? = nil,
        parameters: [String: ParameterValue] = [:],
        inputs: [InferenceInput],
        outputs: [RequestedOutput]? = nil
    ) {
        self.id = id
        self.parameters = parameters
        self.inputs = inputs
        self.outputs = outputs
    }

    /// The names of the wanted outputs; nil, for all of them, also where the request lists none.
    package var outputNames: [String]? {
        guard let outputs, !outputs.isEmpty else { return nil }
        return outputs.map(\.name)
    }

    /// Whether outputs that say nothing of it are wanted in the binary form.
    package var wantsBinaryOutputs: Bool { parameters["binary_data_output"] == .bool(true) }

    /// Appends the request as JSON, tensors flat.
    ///
    /// - Throws: `invalid` for BYTES that are not UTF-8.
    package func write(into buffer: inout ByteBuffer) throws {
        var writer = JSONWriter(reserving: inputs.reduce(256) { $0 + $1.data.count * 8 })
        try writer.object { writer in
            if let id { writer.member("id", string: id) }
            writer.member("parameters", parameters: parameters)
            try writer.member("inputs", array: inputs) { writer, input in
                try writer.tensor(input.name, input.shape, input.data, parameters: input.parameters)
            }
            if let outputs {
                writer.member("outputs", array: outputs) { writer, output in
                    writer.object { writer in
                        writer.member("name", string: output.name)
                        writer.member("parameters", parameters: output.parameters)
                    }
                }
            }
        }
        writer.write(into: &buffer)
    }
}
