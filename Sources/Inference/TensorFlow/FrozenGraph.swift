internal import SlipwayCore

/// What a frozen graph's inputs and outputs are: the graph itself does not say it, so that `params.json` does, or its
/// form is taken for it.
struct FrozenGraph {
    private let session: TensorFlowSession
    private let operations: [GraphOperation]

    init(_ session: TensorFlowSession) {
        self.session = session
        operations = session.operations()
    }

    /// The inputs: the nodes that `params.json` names, separated by commas; else all placeholders.
    ///
    /// - Throws: `InferenceError` with `loadFailed`, listing the nodes, where a name is wrong or none is given and the
    ///   graph has no placeholder.
    func inputs(_ parameters: ModelParameters) throws -> [TensorFlowPort] {
        if let named = try ports(parameters.inputNode, "inputNode", among: placeholders) { return named }
        guard !placeholders.isEmpty else {
            throw InferenceError(
                .loadFailed,
                "the graph has no placeholder: say in params.json with \"inputNode\" where it is fed; its nodes are "
                    + list(operations))
        }
        return try placeholders.map { try TensorFlowPort(session, name: $0.name, tensor: $0.name) }
    }

    /// The outputs: the nodes that `params.json` names; else every output of the nodes that no other node takes
    /// from, in the graph's order.
    ///
    /// - Throws: `InferenceError` with `loadFailed` as for the inputs.
    func outputs(_ parameters: ModelParameters) throws -> [TensorFlowPort] {
        if let named = try ports(parameters.outputNode, "outputNode", among: sinks) { return named }
        let found = sinks.flatMap { operation in
            (0..<operation.outputs).map { $0 == 0 ? operation.name : "\(operation.name):\($0)" }
        }
        guard !found.isEmpty else {
            throw InferenceError(
                .loadFailed,
                "every node of the graph leads to another: say in params.json with \"outputNode\" which one answers; "
                    + "its nodes are " + list(operations))
        }
        return try found.map { try TensorFlowPort(session, name: $0, tensor: $0) }
    }

    private var placeholders: [GraphOperation] {
        operations.filter { $0.type == "Placeholder" || $0.type == "PlaceholderV2" }
    }

    private var sinks: [GraphOperation] {
        operations.filter { operation in
            operation.outputs > 0 && operation.consumers == 0 && operation.inputs > 0
        }
    }

    private func ports(
        _ names: String?, _ member: String, among likely: [GraphOperation]
    ) throws -> [TensorFlowPort]? {
        let names = (names ?? "").split(separator: ",").map { String($0.trimmingPrefix(while: \.isWhitespace)) }
        guard !names.isEmpty else { return nil }
        return try names.map { name in
            guard session.port(name) != nil else {
                throw InferenceError(
                    .loadFailed,
                    "params.json names with \"\(member)\" the node \"\(name)\", which the graph does not have; likely "
                        + "ones are \(list(likely)), all are \(list(operations))")
            }
            return try TensorFlowPort(session, name: name, tensor: name)
        }
    }

    private func list(_ operations: [GraphOperation]) -> String {
        let names = operations.prefix(50).map { "\"\($0.name)\" (\($0.type))" }
        return names.joined(separator: ", ") + (operations.count > names.count ? ", …" : "")
    }
}
