package import NIOCore

/// An inference response of the Open Inference Protocol version 2, in its JSON form.
package struct InferenceResponse: Sendable, Hashable {
    package let modelName: String
    package let modelVersion: String
    /// The request's id, where it had one.
    package let id: String?
    package let outputs: [InferenceOutput]

    package init(modelName: String, modelVersion: String, id: String? = nil, outputs: [InferenceOutput]) {
        self.modelName = modelName
        self.modelVersion = modelVersion
        self.id = id
        self.outputs = outputs
    }

    /// Appends the response as JSON.
    ///
    /// Tensors are flat; every number is the shortest that reads back to the same value of its own type; `NaN`,
    /// `Infinity` and `-Infinity` stand bare.
    package func write(into buffer: inout ByteBuffer) {
        var writer = JSONWriter(reserving: outputs.reduce(256) { $0 + $1.data.count * 8 })
        writer.object { writer in
            if let id { writer.member("id", string: id) }
            writer.member("model_name", string: modelName)
            writer.member("model_version", string: modelVersion)
            writer.member("outputs", array: outputs) { writer, output in
                writer.tensor(output.name, output.shape, output.data)
            }
        }
        buffer.writeBytes(writer.bytes)
    }
}
