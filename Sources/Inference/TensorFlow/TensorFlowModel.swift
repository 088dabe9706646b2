internal import CInference
internal import SlipwayCore

/// A session of TensorFlow with the tensors of its graph that are fed and fetched.
///
/// `@unchecked Sendable`: nothing changes after the initialiser; the operations that the ports name belong to the session.
final class TensorFlowModel: LoadedModel, @unchecked Sendable {
    let signature: ModelSignature
    let metadata: [String: String]
    private let session: TensorFlowSession
    private let inputs: [slipway_tf_port]
    let inputsOfAnyRank: Set<String>
    private let outputs: [slipway_tf_port]

    init(
        _ session: TensorFlowSession, inputs: [TensorFlowPort], outputs: [TensorFlowPort], metadata: [String: String]
    ) {
        self.session = session
        self.metadata = metadata
        self.inputs = inputs.map(\.port)
        self.outputs = outputs.map(\.port)
        inputsOfAnyRank = Set(inputs.lazy.filter(\.isOfAnyRank).map(\.specification.name))
        signature = ModelSignature(inputs: inputs.map(\.specification), outputs: outputs.map(\.specification))
    }

    func infer(_ inputs: [Tensor], outputs names: [String]?) throws -> [Tensor] {
        let ordered = try signature.ordered(inputs, ofAnyRank: inputsOfAnyRank)
        let wanted = try signature.outputs(named: names)
        guard !wanted.isEmpty else { return [] }
        let ports =
            names == nil
            ? outputs
            : wanted.map { output in outputs[signature.outputs.firstIndex { $0.name == output.name }!] }

        let library = session.library
        var tensors: [OpaquePointer?] = []
        defer { for tensor in tensors { slipway_tf_tensor_release(library.handle, tensor) } }
        for tensor in ordered { tensors.append(try library.copy(tensor)) }
        let results = try session.run(self.inputs, tensors, outputs: ports)
        defer { for result in results { slipway_tf_tensor_release(library.handle, result) } }
        return try zip(wanted, results).map { output, result in try library.tensor(named: output.name, from: result!) }
    }
}
