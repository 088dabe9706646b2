internal import CInference
internal import SlipwayCore

/// A session of ONNX Runtime.
///
/// `@unchecked Sendable`: nothing changes after the initialiser, and a session may be run by several threads at once.
final class ONNXRuntimeModel: LoadedModel, @unchecked Sendable {
    let signature: ModelSignature
    let library: ONNXRuntimeLibrary
    private let session: OpaquePointer
    private let inputPorts: [UnsafePointer<slipway_ort_port>]
    private let outputPorts: [String: UnsafePointer<slipway_ort_port>]

    /// Takes over `session`, also when it throws.
    ///
    /// Outputs that are no tensors and cannot be turned into one are left out of the signature.
    ///
    /// - Throws: `InferenceError` with `unsupported` for inputs that are no tensors, or where no output is usable.
    init(library: ONNXRuntimeLibrary, session: OpaquePointer, path: String) throws {
        self.library = library
        self.session = session
        var count = 0
        let inputs = slipway_ort_session_inputs(session, &count)!
        inputPorts = (0..<count).map { inputs + $0 }
        let outputs = slipway_ort_session_outputs(session, &count)!
        let allOutputs = (0..<count).map { outputs + $0 }
        outputPorts = Dictionary(allOutputs.map { (String(cString: $0.pointee.name), $0) }) { first, _ in first }

        let inputSpecifications = inputPorts.map(Self.specification)
        let outputSpecifications = allOutputs.compactMap(Self.specification)
        signature = ModelSignature(inputs: inputSpecifications.compactMap(\.self), outputs: outputSpecifications)

        if let index = inputSpecifications.firstIndex(where: { $0 == nil }) {
            let name = String(cString: inputPorts[index].pointee.name)
            throw InferenceError(
                .unsupported,
                "the model \(path) wants for its input \"\(name)\" a value that is no tensor, or one of an element "
                    + "type that the Open Inference Protocol does not have; export it with plain tensor inputs")
        }
        guard !outputSpecifications.isEmpty else {
            throw InferenceError(
                .unsupported, "the model \(path) gives no tensor. \(ONNXRuntimeLibrary.adviceForOutputs)")
        }
    }

    deinit {
        slipway_ort_session_release(session)
    }

    func infer(_ inputs: [Tensor], outputs: [String]?) throws -> [Tensor] {
        let ordered = try signature.ordered(inputs)
        for name in outputs ?? [] where outputPorts[name] != nil {
            guard signature.outputs.contains(where: { $0.name == name }) else {
                throw InferenceError(
                    .unsupported, "the output \"\(name)\" is no tensor. \(ONNXRuntimeLibrary.adviceForOutputs)")
            }
        }
        let wanted = try signature.outputs(named: outputs)
        guard !wanted.isEmpty else { return [] }
        return try library.withValues(of: ordered) { values in
            try run(values, outputs: wanted.map { outputPorts[$0.name]! })
        }
    }

    private func run(_ inputs: [OpaquePointer?], outputs: [UnsafePointer<slipway_ort_port>]) throws -> [Tensor] {
        let inputNames = inputPorts.map { UnsafePointer<CChar>?($0.pointee.name) }
        let outputNames = outputs.map { UnsafePointer<CChar>?($0.pointee.name) }
        var results = [OpaquePointer?](repeating: nil, count: outputs.count)
        var error: UnsafeMutablePointer<CChar>?
        guard
            slipway_ort_run(
                session, inputNames, inputs, inputs.count, outputNames, outputs.count, &results, &error)
        else {
            throw InferenceError(.failed, "ONNX Runtime failed: \(takeText(error))")
        }
        defer { for result in results { slipway_ort_value_release(library.handle, result) } }
        return try zip(outputs, results).map { port, result in
            try library.tensor(named: String(cString: port.pointee.name), from: result!)
        }
    }

    private static func specification(_ port: UnsafePointer<slipway_ort_port>) -> TensorSpecification? {
        let name = String(cString: port.pointee.name)
        switch port.pointee.kind {
        case slipway_ort_kind_tensor:
            guard let type = ElementType(onnxRuntime: port.pointee.element) else { return nil }
            let dimensions = UnsafeBufferPointer(start: port.pointee.dimensions, count: port.pointee.rank)
            return TensorSpecification(name: name, type: type, shape: dimensions.map { $0 < 0 ? -1 : Int($0) })
        case slipway_ort_kind_label_maps:
            return TensorSpecification(name: name, type: .float32, shape: [-1, -1])
        default:
            return nil
        }
    }
}

extension ONNXRuntimeLibrary {
    static let adviceForOutputs =
        "Convert it so that it gives tensors: with skl2onnx, to_onnx(…, options={\"zipmap\": False})."
}
