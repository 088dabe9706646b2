package import NIOCore

/// The answer to TensorFlow Serving's `:predict`, in the form that the request had.
package struct PredictResponse: Sendable, Hashable {
    package let format: PredictRequest.Format
    package let outputs: [InferenceOutput]

    package init(format: PredictRequest.Format, outputs: [InferenceOutput]) {
        self.format = format
        self.outputs = outputs
    }

    /// Appends `{"predictions": …}` or `{"outputs": …}`: a single output bare, several as objects.
    ///
    /// Strings of an output whose name ends in `_bytes`, and those that are not UTF-8, are written `{"b64": "…"}`.
    ///
    /// - Throws: `invalid` for rows where the outputs have not all the same first dimension.
    package func write(into buffer: inout ByteBuffer) throws {
        var writer = JSONWriter(reserving: outputs.reduce(256) { $0 + $1.data.count * 10 })
        switch format {
        case .column: writeColumns(&writer)
        case .row: try writeRows(&writer)
        }
        writer.write(into: &buffer)
    }

    private func writeColumns(_ writer: inout JSONWriter) {
        writer.object { writer in
            guard outputs.count != 1 else {
                writer.startMember("outputs")
                return writer.nested(outputs[0], outputs[0].shape[...], 0..<outputs[0].data.count)
            }
            writer.member("outputs") { writer in
                for output in outputs {
                    writer.startMember(named: output.name)
                    writer.nested(output, output.shape[...], 0..<output.data.count)
                }
            }
        }
    }

    private func writeRows(_ writer: inout JSONWriter) throws {
        let rows = outputs.first?.shape.first ?? 0
        if let odd = outputs.first(where: { $0.shape.first != rows }) {
            throw OpenInferenceError(
                .invalid,
                "the output \"\(odd.name)\" has the shape \(odd.shape), which cannot be told row by row; ask with "
                    + "\"inputs\" in place of \"instances\"")
        }
        writer.object { writer in
            writer.member("predictions", array: Array(0..<rows)) { writer, row in
                guard outputs.count != 1 else { return Self.write(row, of: outputs[0], &writer) }
                writer.object { writer in
                    for output in outputs {
                        writer.startMember(named: output.name)
                        Self.write(row, of: output, &writer)
                    }
                }
            }
        }
    }

    private static func write(_ row: Int, of output: InferenceOutput, _ writer: inout JSONWriter) {
        let width = output.data.count / output.shape[0]
        writer.nested(output, output.shape.dropFirst(), (row * width)..<((row + 1) * width))
    }
}
