package import NIOCore

/// An inference request of the Open Inference Protocol version 2, in its JSON form.
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

    /// Reads a request body.
    ///
    /// Tensors may be nested or flat; bare `NaN`, `Infinity` and `-Infinity` are taken for floating-point types, as
    /// Python's writers send them. Unknown keys are passed over.
    ///
    /// - Throws: `OpenInferenceError`: `malformed`, `invalid`, or `unsupported` where tensors are announced as binary.
    package static func parse(_ body: ByteBuffer) throws -> InferenceRequest {
        try body.withUnsafeReadableBytes { bytes in
            try bytes.withMemoryRebound(to: UInt8.self) { bytes in
                var scanner = JSONScanner(bytes)
                let request = try scanner.scanInferenceRequest()
                try scanner.expectEnd()
                return request
            }
        }
    }

    /// Appends the request as JSON, tensors flat.
    package func write(into buffer: inout ByteBuffer) {
        var writer = JSONWriter(reserving: inputs.reduce(256) { $0 + $1.data.count * 8 })
        writer.object { writer in
            if let id { writer.member("id", string: id) }
            writer.member("parameters", parameters: parameters)
            writer.member("inputs", array: inputs) { writer, input in
                writer.tensor(input.name, input.shape, input.data, parameters: input.parameters)
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
        buffer.writeBytes(writer.bytes)
    }
}
