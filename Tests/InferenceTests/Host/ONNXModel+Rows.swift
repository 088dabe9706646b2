import SlipwayCore

extension ONNXModel {
    /// y = the softmax of each row.
    static let softmax = ONNXModel(
        inputs: [Port("x", .float32, [-1, 2])], outputs: [Port("y", .float32, [-1, 2])],
        nodes: [Node(operation: "Softmax", inputs: ["x"], outputs: ["y"])])
}
