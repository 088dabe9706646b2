internal import CInference
internal import SlipwayCore
internal import Synchronization

/// A session of ONNX Runtime.
///
/// `@unchecked Sendable`: nothing but an atomic changes after the initialiser, and a session may be run by several
/// threads at once.
final class ONNXRuntimeModel: LoadedModel, @unchecked Sendable {
    let signature: ModelSignature
    let metadata: [String: String]
    private let library: ONNXRuntimeLibrary
    private let session: OpaquePointer
    let inputsOfAnyRank: Set<String>
    /// The place of each of the signature's outputs among the model's.
    private let outputPlaces: [Int]
    /// The outputs that make no tensor and so are not in the signature.
    private let otherOutputs: Set<String>
    /// Whether outputs come out as large as the signature and the number of rows let expect.
    private let hasExpectedShapes: Atomic<Bool>

    /// Takes over `session`, also when it throws.
    ///
    /// Outputs that are no tensors and cannot be turned into one are left out of the signature.
    ///
    /// - Throws: `InferenceError` with `unsupported` for inputs that are no tensors, or where no output is usable.
    init(library: ONNXRuntimeLibrary, session: OpaquePointer, path: String) throws {
        self.library = library
        self.session = session
        var count = 0
        let inputs = UnsafeBufferPointer(start: slipway_ort_session_inputs(session, &count), count: count)
        let inputSpecifications = inputs.map(Self.specification)
        let outputs = UnsafeBufferPointer(start: slipway_ort_session_outputs(session, &count), count: count)
        let outputSpecifications = outputs.map(Self.specification)

        signature = ModelSignature(
            inputs: inputSpecifications.compactMap(\.self), outputs: outputSpecifications.compactMap(\.self))
        outputPlaces = outputs.indices.filter { outputSpecifications[$0] != nil }
        otherOutputs = Set(
            outputs.indices.lazy.filter { outputSpecifications[$0] == nil }.map { String(cString: outputs[$0].name) })
        // A scalar and a tensor whose shape the model does not tell look the same here.
        inputsOfAnyRank = Set(signature.inputs.lazy.filter(\.shape.isEmpty).map(\.name))
        let signature = signature
        hasExpectedShapes = Atomic(signature.outputs.allSatisfy { signature.shape(of: $0, rows: 1) != nil })
        metadata = library.metadata(of: session)

        if let index = inputSpecifications.firstIndex(where: { $0 == nil }) {
            throw InferenceError(
                .unsupported,
                "the model \(path) wants for its input \"\(String(cString: inputs[index].name))\" a value that is no "
                    + "tensor, or one of an element type that the Open Inference Protocol does not have; export it "
                    + "with plain tensor inputs")
        }
        guard !signature.outputs.isEmpty else {
            throw InferenceError(
                .unsupported, "the model \(path) gives no tensor. \(ONNXRuntimeLibrary.adviceForOutputs)")
        }
    }

    deinit {
        slipway_ort_session_release(session)
    }

    func infer(_ inputs: [Tensor], outputs names: [String]?) throws -> [Tensor] {
        let ordered = try signature.ordered(inputs, ofAnyRank: inputsOfAnyRank)
        if let other = names?.first(where: otherOutputs.contains) {
            throw InferenceError(
                .unsupported, "the output \"\(other)\" is no tensor. \(ONNXRuntimeLibrary.adviceForOutputs)")
        }
        let wanted = try signature.outputs(named: names)
        guard !wanted.isEmpty else { return [] }
        let places =
            names == nil
            ? outputPlaces
            : wanted.map { output in outputPlaces[signature.outputs.firstIndex { $0.name == output.name }!] }
        return try library.withValues(of: ordered) { values in
            guard hasExpectedShapes.load(ordering: .relaxed), let rows = rows(of: ordered) else {
                return try run(values, wanted, places)
            }
            if let outputs = try? runIntoArrays(values, wanted, places, rows: rows) { return outputs }
            let outputs = try run(values, wanted, places)
            hasExpectedShapes.store(false, ordering: .relaxed)
            return outputs
        }
    }

    /// The size of the first dimension where it is free and the same for all inputs that have one.
    private func rows(of tensors: [Tensor]) -> Int? {
        var rows: Int?
        for (tensor, input) in zip(tensors, signature.inputs) where input.shape.first == -1 {
            guard rows == nil || rows == tensor.shape[0] else { return nil }
            rows = tensor.shape[0]
        }
        return rows == 0 ? nil : rows
    }

    /// Runs the model; the runtime makes the outputs, which are copied.
    private func run(_ inputs: [OpaquePointer?], _ wanted: [TensorSpecification], _ places: [Int]) throws -> [Tensor] {
        var results = [OpaquePointer?](repeating: nil, count: places.count)
        defer { for result in results { slipway_ort_value_release(library.handle, result) } }
        try run(inputs, places, &results)
        return try zip(wanted, results).map { output, result in
            guard let result else {
                throw InferenceError(.failed, "the model gave nothing for its output \"\(output.name)\"")
            }
            return try library.tensor(named: output.name, from: result)
        }
    }

    /// Runs the model; it writes the outputs to the arrays that are answered.
    ///
    /// - Throws: Whatever the runtime says, among it that an output has another shape.
    private func runIntoArrays(
        _ inputs: [OpaquePointer?], _ wanted: [TensorSpecification], _ places: [Int], rows: Int
    ) throws -> [Tensor] {
        let expected = try wanted.map { output in
            guard let shape = signature.shape(of: output, rows: rows) else {
                throw InferenceError(.failed, "the output \"\(output.name)\" has no shape to expect")
            }
            return TensorSpecification(name: output.name, type: output.type, shape: shape)
        }
        return try library.withArrays(for: expected) { values in
            var results = values
            try run(inputs, places, &results)
        }
    }

    private func run(_ inputs: [OpaquePointer?], _ places: [Int], _ results: inout [OpaquePointer?]) throws {
        var error: UnsafeMutablePointer<CChar>?
        guard slipway_ort_run(session, inputs, places, places.count, &results, &error) else {
            throw InferenceError(.failed, "ONNX Runtime failed: \(takeText(error))")
        }
    }

    private static func specification(_ port: slipway_ort_port) -> TensorSpecification? {
        let name = String(cString: port.name)
        switch port.kind {
        case slipway_ort_kind_tensor:
            guard let type = ElementType(onnxRuntime: port.element) else { return nil }
            let dimensions = UnsafeBufferPointer(start: port.dimensions, count: port.rank)
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
