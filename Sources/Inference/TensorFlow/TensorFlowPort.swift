internal import CInference
internal import SlipwayCore

/// An input or output of a model: what it is called outside and where it is in the graph.
///
/// `@unchecked Sendable`: the operation that `port` names belongs to the graph and never changes.
struct TensorFlowPort: @unchecked Sendable {
    let specification: TensorSpecification
    let port: slipway_tf_port
    /// The graph takes any number of dimensions; the specification then shows the shape [-1].
    let isOfAnyRank: Bool

    /// - Parameters:
    ///   - name: What it is called outside.
    ///   - tensor: Its name in the graph, `operation:index`.
    ///   - shape: What the model itself says of the shape; the graph's knowledge where nil.
    /// - Throws: `InferenceError`: `loadFailed` where the graph has no such tensor, `unsupported` for its type.
    init(_ session: TensorFlowSession, name: String, tensor: String, shape: [Int]? = nil) throws {
        guard let port = session.port(tensor) else {
            throw InferenceError(.loadFailed, "the graph has no tensor \"\(tensor)\" for \"\(name)\"")
        }
        guard let type = ElementType(tensorFlow: session.element(of: port)) else {
            throw InferenceError(
                .unsupported,
                "\"\(name)\" has an element type that the Open Inference Protocol does not have (TensorFlow's number "
                    + "\(session.element(of: port))); cast it in the model")
        }
        let known = shape ?? session.shape(of: port)
        self.port = port
        isOfAnyRank = known == nil
        specification = TensorSpecification(name: name, type: type, shape: known ?? [-1])
    }
}
