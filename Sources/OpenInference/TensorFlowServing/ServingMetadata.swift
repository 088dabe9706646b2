package import NIOCore

/// The answer to TensorFlow Serving's `GET /v1/models/NAME/metadata`: the model's one signature.
package struct ServingMetadata: Sendable, Hashable {
    /// The name that every model's inputs and outputs are served under.
    package static let signatureName = "serving_default"

    package let name: String
    package let version: Int
    package let inputs: [TensorMetadata]
    package let outputs: [TensorMetadata]

    package init(name: String, version: Int, inputs: [TensorMetadata], outputs: [TensorMetadata]) {
        self.name = name
        self.version = version
        self.inputs = inputs
        self.outputs = outputs
    }

    /// Appends the metadata as JSON.
    package func write(into buffer: inout ByteBuffer) {
        var writer = JSONWriter(reserving: 512)
        writer.object { writer in
            writer.member("model_spec") { writer in
                writer.member("name", string: name)
                writer.member("signature_name", string: "")
                writer.member("version", string: "\(version)")
            }
            writer.member("metadata") { writer in
                writer.member("signature_def") { writer in
                    // The protocol buffer of the outer name has one map, of the same name.
                    writer.member("signature_def") { writer in
                        writer.startMember(named: Self.signatureName)
                        writer.object(writeSignature)
                    }
                }
            }
        }
        writer.write(into: &buffer)
    }

    private func writeSignature(_ writer: inout JSONWriter) {
        for (key, tensors) in [("inputs" as StaticString, inputs), ("outputs", outputs)] {
            writer.member(key) { writer in
                for tensor in tensors {
                    writer.startMember(named: tensor.name)
                    writer.object { write(tensor, &$0) }
                }
            }
        }
        writer.member("method_name", string: "tensorflow/serving/predict")
    }

    private func write(_ tensor: TensorMetadata, _ writer: inout JSONWriter) {
        writer.member("dtype", string: tensor.datatype.tensorFlowName)
        writer.member("tensor_shape") { writer in
            writer.member("dim", array: tensor.shape) { writer, size in
                writer.object { writer in
                    // The JSON form of protocol buffers writes 64-bit numbers as strings.
                    writer.member("size", string: "\(size)")
                    writer.member("name", string: "")
                }
            }
            writer.member("unknown_rank", bool: false)
        }
        writer.member("name", string: tensor.name)
    }
}

extension Datatype {
    /// TensorFlow's name of the type (`tensorflow/core/framework/types.proto`).
    var tensorFlowName: String {
        switch self {
        case .bool: "DT_BOOL"
        case .uint8: "DT_UINT8"
        case .uint16: "DT_UINT16"
        case .uint32: "DT_UINT32"
        case .uint64: "DT_UINT64"
        case .int8: "DT_INT8"
        case .int16: "DT_INT16"
        case .int32: "DT_INT32"
        case .int64: "DT_INT64"
        case .fp16: "DT_HALF"
        case .fp32: "DT_FLOAT"
        case .fp64: "DT_DOUBLE"
        case .bytes: "DT_STRING"
        }
    }
}
