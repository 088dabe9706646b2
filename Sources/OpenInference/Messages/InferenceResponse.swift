package import NIOCore

/// An inference response of the Open Inference Protocol version 2.
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

    /// Appends the response: JSON, and behind it the outputs that are binary, in their order, each copied once.
    ///
    /// Tensors of the JSON are flat; every number is the shortest that reads back to the same value of its own type;
    /// `NaN`, `Infinity` and `-Infinity` stand bare.
    ///
    /// - Returns: The JSON's length in bytes, for `Inference-Header-Content-Length`; nil where no output is binary and
    ///   all of it is JSON.
    /// - Throws: `invalid`, with nothing appended, where an output of JSON holds bytes that are not UTF-8.
    @discardableResult
    package func write(into buffer: inout ByteBuffer) throws -> Int? {
        var jsonSize = 256
        var binarySize = 0
        var isBinary = false
        for output in outputs {
            if output.isBinary {
                isBinary = true
                binarySize += output.data.binarySize
                jsonSize += 128
            } else {
                jsonSize += 64 + output.data.count * 8
            }
        }
        var writer = JSONWriter(reserving: jsonSize)
        try writeJSON(&writer)
        buffer.reserveCapacity(minimumWritableBytes: writer.count + binarySize)
        writer.write(into: &buffer)
        guard isBinary else { return nil }
        for output in outputs where output.isBinary { output.data.writeBinary(into: &buffer) }
        return writer.count
    }

    private func writeJSON(_ writer: inout JSONWriter) throws {
        try writer.object { writer in
            if let id { writer.member("id", string: id) }
            writer.member("model_name", string: modelName)
            writer.member("model_version", string: modelVersion)
            try writer.member("outputs", array: outputs) { writer, output in
                if output.isBinary {
                    writer.tensor(output.name, output.shape, output.datatype, binarySize: output.data.binarySize)
                } else {
                    try writer.tensor(output.name, output.shape, output.data)
                }
            }
        }
    }
}
