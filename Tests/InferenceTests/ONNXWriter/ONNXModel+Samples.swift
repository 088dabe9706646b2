import SlipwayCore

extension ONNXModel {
    /// y = x, for one element type.
    static func identity(_ type: ElementType, shape: [Int] = [-1, 2]) -> ONNXModel {
        ONNXModel(
            inputs: [Port("x", type, shape)], outputs: [Port("y", type, shape)],
            nodes: [Node(operation: "Identity", inputs: ["x"], outputs: ["y"])])
    }

    /// sum = a + b and product = a · b, matrices of float32.
    static let arithmetic = ONNXModel(
        inputs: [Port("a", .float32, [-1, 2]), Port("b", .float32, [2, 2])],
        outputs: [Port("sum", .float32, [-1, 2]), Port("product", .float32, [-1, 2])],
        nodes: [
            Node(operation: "Add", inputs: ["a", "b"], outputs: ["sum"]),
            Node(operation: "MatMul", inputs: ["a", "b"], outputs: ["product"]),
        ])

    /// What scikit-learn's converter puts behind a classifier: scores as maps from labels.
    static func labelMaps(labels: Attribute) -> ONNXModel {
        let (key, name) =
            if case .strings = labels {
                (ElementType.string.onnx, "classlabels_strings")
            } else {
                (ElementType.int64.onnx, "classlabels_int64s")
            }
        return ONNXModel(
            inputs: [Port("x", .float32, [-1, 3])],
            outputs: [Port("output_probability", .labelMaps(key: key)), Port("y", .float32, [-1, 3])],
            nodes: [
                Node(
                    operation: "ZipMap", domain: "ai.onnx.ml", inputs: ["x"], outputs: ["output_probability"],
                    attributes: [(name, labels)]),
                Node(operation: "Identity", inputs: ["x"], outputs: ["y"]),
            ])
    }

    /// Gives a tensor and a sequence of tensors.
    static let sequence = ONNXModel(
        inputs: [Port("x", .float32, [-1])],
        outputs: [Port("y", .float32, [-1]), Port("parts", .sequence(ElementType.float32.onnx))],
        nodes: [
            Node(operation: "Identity", inputs: ["x"], outputs: ["y"]),
            Node(operation: "SequenceConstruct", inputs: ["x"], outputs: ["parts"]),
        ])

    /// Divides the rows' length by two free sizes that must agree: fails only while it runs.
    static let reshape = ONNXModel(
        inputs: [Port("x", .float32, [-1]), Port("shape", .int64, [-1])],
        outputs: [Port("y", .float32, [-1, -1])],
        nodes: [Node(operation: "Reshape", inputs: ["x", "shape"], outputs: ["y"])])

    /// y = x and z = x, with a second row for each in y alone.
    static let twiceTheRows = ONNXModel(
        inputs: [Port("x", .float32, [-1, 2])],
        outputs: [Port("y", .float32, [-1, 2]), Port("z", .float32, [-1, 2])],
        nodes: [
            Node(
                operation: "Concat", inputs: ["x", "x"], outputs: ["y"], attributes: [("axis", .integer(0))]),
            Node(operation: "Identity", inputs: ["x"], outputs: ["z"]),
        ])

    /// y = x, in any shape.
    static let anyRank = ONNXModel(
        inputs: [Port("x", .tensorOfAnyRank(ElementType.float32.onnx))],
        outputs: [Port("y", .tensorOfAnyRank(ElementType.float32.onnx))],
        nodes: [Node(operation: "Identity", inputs: ["x"], outputs: ["y"])])

    /// y = x + w, where the four numbers of w lie in another file.
    static func external(_ location: String, isConstant: Bool = false) -> ONNXModel {
        ONNXModel(
            inputs: [Port("x", .float32, [-1, 4])], outputs: [Port("y", .float32, [-1, 4])],
            nodes: [Node(operation: "Add", inputs: ["x", "w"], outputs: ["y"])],
            weights: [ExternalWeights(name: "w", shape: [4], location: location, isConstant: isConstant)])
    }

    /// Bytes of a model whose graphs lie that deep in one another.
    static func nested(_ depth: Int) -> [UInt8] {
        var graph: [UInt8] = []
        for _ in 0..<depth {
            var node = ProtobufMessage()
            node.message(1) { node in node.message(5) { $0.bytes(6, graph) } }
            graph = node.bytes
        }
        var model = ProtobufMessage()
        model.bytes(7, graph)
        return model.bytes
    }
}
