import SlipwayCore

/// A small ONNX model, written as onnx.proto3 has it.
struct ONNXModel {
    /// A model's input or output.
    struct Port {
        let name: String
        let kind: Kind

        enum Kind {
            /// A tensor; -1 is a free dimension.
            case tensor(Int, [Int])
            /// A sequence of maps from a key type to float32.
            case labelMaps(key: Int)
            case sequence(Int)
            /// A tensor whose shape the model does not tell.
            case tensorOfAnyRank(Int)
        }

        init(_ name: String, _ type: ElementType, _ shape: [Int]) {
            self.init(name, .tensor(type.onnx, shape))
        }

        init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    enum Attribute {
        case integer(Int)
        case integers([Int])
        case strings([String])
    }

    struct Node {
        let operation: String
        var domain = ""
        let inputs: [String]
        let outputs: [String]
        var attributes: [(name: String, value: Attribute)] = []
    }

    /// A tensor of float32 whose numbers lie in another file.
    struct ExternalWeights {
        let name: String
        let shape: [Int]
        let location: String
        /// As the value of a node instead of among the graph's weights.
        var isConstant = false
    }

    let inputs: [Port]
    let outputs: [Port]
    let nodes: [Node]
    var weights: [ExternalWeights] = []
    var metadata: [(key: String, value: String)] = []

    /// The model file's bytes.
    var bytes: [UInt8] {
        var model = ProtobufMessage()
        model.integer(1, 8)
        model.message(7) { graph in
            for weights in weights where weights.isConstant {
                graph.message(1) { node in
                    node.text(2, weights.name)
                    node.text(4, "Constant")
                    node.message(5) { attribute in
                        attribute.text(1, "value")
                        attribute.message(5) { Self.write(weights, into: &$0) }
                        attribute.integer(20, 4)
                    }
                }
            }
            for node in nodes { graph.message(1) { Self.write(node, into: &$0) } }
            graph.text(2, "graph")
            for weights in weights where !weights.isConstant {
                graph.message(5) { Self.write(weights, into: &$0) }
            }
            for port in inputs { graph.message(11) { Self.write(port, into: &$0) } }
            for port in outputs { graph.message(12) { Self.write(port, into: &$0) } }
        }
        for (domain, version) in [("", 17), ("ai.onnx.ml", 3)] {
            model.message(8) { opset in
                opset.text(1, domain)
                opset.integer(2, version)
            }
        }
        for entry in metadata {
            model.message(14) { message in
                message.text(1, entry.key)
                message.text(2, entry.value)
            }
        }
        return model.bytes
    }

    private static func write(_ weights: ExternalWeights, into message: inout ProtobufMessage) {
        for size in weights.shape { message.integer(1, size) }
        message.integer(2, ElementType.float32.onnx)
        message.text(8, weights.name)
        message.message(13) { entry in
            entry.text(1, "location")
            entry.text(2, weights.location)
        }
        message.integer(14, 1)
    }

    private static func write(_ node: Node, into message: inout ProtobufMessage) {
        for input in node.inputs { message.text(1, input) }
        for output in node.outputs { message.text(2, output) }
        message.text(4, node.operation)
        for (name, value) in node.attributes {
            message.message(5) { attribute in
                attribute.text(1, name)
                switch value {
                case .integer(let value):
                    attribute.integer(3, value)
                    attribute.integer(20, 2)
                case .integers(let values):
                    for value in values { attribute.integer(8, value) }
                    attribute.integer(20, 7)
                case .strings(let values):
                    for value in values { attribute.text(9, value) }
                    attribute.integer(20, 8)
                }
            }
        }
        message.text(7, node.domain)
    }

    private static func write(_ port: Port, into message: inout ProtobufMessage) {
        message.text(1, port.name)
        message.message(2) { type in
            switch port.kind {
            case .tensor(let element, let shape): write(element, shape, into: &type)
            case .labelMaps(let key):
                type.message(4) { sequence in
                    sequence.message(1) { map in
                        map.message(5) { map in
                            map.integer(1, key)
                            map.message(2) { write(ElementType.float32.onnx, [], into: &$0) }
                        }
                    }
                }
            case .tensorOfAnyRank(let element): type.message(1) { $0.integer(1, element) }
            case .sequence(let element):
                type.message(4) { sequence in sequence.message(1) { write(element, [], into: &$0) } }
            }
        }
    }

    private static func write(_ element: Int, _ shape: [Int], into type: inout ProtobufMessage) {
        type.message(1) { tensor in
            tensor.integer(1, element)
            tensor.message(2) { dimensions in
                for (index, size) in shape.enumerated() {
                    dimensions.message(1) { dimension in
                        if size < 0 { dimension.text(2, "free\(index)") } else { dimension.integer(1, size) }
                    }
                }
            }
        }
    }
}

extension ElementType {
    /// The number in ONNX's `TensorProto.DataType`.
    var onnx: Int {
        switch self {
        case .float32: 1
        case .uint8: 2
        case .int8: 3
        case .uint16: 4
        case .int16: 5
        case .int32: 6
        case .int64: 7
        case .string: 8
        case .bool: 9
        case .float16: 10
        case .float64: 11
        case .uint32: 12
        case .uint64: 13
        }
    }
}
