package import NIOCore

/// The answer to `GET /v2/models/NAME[/versions/VERSION]/config`: what of Triton's model configuration applies here.
package struct ModelConfiguration: Sendable, Hashable {
    package let name: String
    /// The kind of model file, e.g. `onnx_onnxv1`.
    package let platform: String
    /// The version that is described, the only one that this configuration is for.
    package let version: Int
    package let inputs: [TensorMetadata]
    package let outputs: [TensorMetadata]

    package init(
        name: String, platform: String, version: Int, inputs: [TensorMetadata], outputs: [TensorMetadata]
    ) {
        self.name = name
        self.platform = platform
        self.version = version
        self.inputs = inputs
        self.outputs = outputs
    }

    /// Appends the configuration as JSON.
    ///
    /// `max_batch_size` is 0: in Triton's words, `dims` are whole shapes, with the batch's dimension in its place.
    package func write(into buffer: inout ByteBuffer) {
        var writer = JSONWriter(reserving: 512)
        writer.object { writer in
            writer.member("name", string: name)
            writer.member("platform", string: platform)
            if let backend = platform.split(separator: "_").first { writer.member("backend", string: String(backend)) }
            writer.member("version_policy") { writer in
                writer.member("specific") { writer in
                    writer.member("versions", array: [version]) { writer, version in writer.integer(version) }
                }
            }
            writer.member("max_batch_size", integer: 0)
            writer.member("input", array: inputs, Self.write)
            writer.member("output", array: outputs, Self.write)
        }
        writer.write(into: &buffer)
    }

    private static func write(_ writer: inout JSONWriter, _ tensor: TensorMetadata) {
        writer.object { writer in
            writer.member("name", string: tensor.name)
            // Triton names strings by another word here than in requests.
            let type = tensor.datatype == .bytes ? "STRING" : tensor.datatype.rawValue
            writer.member("data_type", string: "TYPE_" + type)
            writer.member("dims", array: tensor.shape) { writer, size in writer.integer(size) }
        }
    }
}
