package import NIOCore

/// The answer to `GET /v2/models/NAME[/versions/VERSION]`.
package struct ModelMetadata: Sendable, Hashable {
    package let name: String
    package let versions: [String]
    /// The kind of model file, e.g. `onnx_onnxv1`.
    package let platform: String
    package let inputs: [TensorMetadata]
    package let outputs: [TensorMetadata]

    package init(
        name: String, versions: [String], platform: String, inputs: [TensorMetadata], outputs: [TensorMetadata]
    ) {
        self.name = name
        self.versions = versions
        self.platform = platform
        self.inputs = inputs
        self.outputs = outputs
    }

    /// Appends the metadata as JSON.
    package func write(into buffer: inout ByteBuffer) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("name", string: name)
            writer.member("versions", array: versions) { writer, version in writer.string(version) }
            writer.member("platform", string: platform)
            for (key, tensors) in [("inputs" as StaticString, inputs), ("outputs", outputs)] {
                writer.member(key, array: tensors) { writer, tensor in
                    writer.object { writer in
                        writer.member("name", string: tensor.name)
                        writer.member("datatype", string: tensor.datatype.rawValue)
                        writer.member("shape", array: tensor.shape) { writer, size in writer.integer(size) }
                    }
                }
            }
        }
        writer.write(into: &buffer)
    }
}
