internal import SlipwayCore

/// A model's first run, so that no request pays for it: on its golden sample, which it must reproduce, else on zeros.
struct WarmUp {
    let model: any LoadedModel
    let golden: GoldenSample?

    /// Elements of one input of zeros.
    private static let largest = 1 << 24

    /// - Returns: Why the model did not run on zeros; nil where it ran.
    /// - Throws: `InferenceError` with `loadFailed` for a model that does not give what its golden sample says.
    func run() throws -> String? {
        if let golden {
            try reproduce(golden)
            return nil
        }
        let inputs = model.signature.inputs.compactMap(Self.zeros)
        guard inputs.count == model.signature.inputs.count else {
            return "not tried: an input has more than \(Self.largest) elements"
        }
        do {
            _ = try model.infer(inputs, outputs: nil)
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func reproduce(_ golden: GoldenSample) throws {
        let found: [Tensor]
        do {
            found = try model.infer(golden.inputs, outputs: golden.outputs.map(\.name))
        } catch {
            throw InferenceError(.loadFailed, "the model does not run on its golden.json: \(error)")
        }
        for (found, wanted) in zip(found, golden.outputs) {
            if let difference = TensorDifference.first(found: found, wanted: wanted, tolerance: golden.tolerance) {
                throw InferenceError(.loadFailed, "the model does not reproduce its golden.json: \(difference)")
            }
        }
    }

    /// Zeros, and empty texts, with 1 for every free size; nil where they would be too many.
    private static func zeros(_ input: TensorSpecification) -> Tensor? {
        let shape = input.shape.map { $0 < 0 ? 1 : $0 }
        guard let count = TensorSpecification.elements(of: shape, most: largest) else { return nil }
        let values: TensorValues =
            switch input.type {
            case .bool: .bool(Array(repeating: false, count: count))
            case .uint8: .uint8(Array(repeating: 0, count: count))
            case .uint16: .uint16(Array(repeating: 0, count: count))
            case .uint32: .uint32(Array(repeating: 0, count: count))
            case .uint64: .uint64(Array(repeating: 0, count: count))
            case .int8: .int8(Array(repeating: 0, count: count))
            case .int16: .int16(Array(repeating: 0, count: count))
            case .int32: .int32(Array(repeating: 0, count: count))
            case .int64: .int64(Array(repeating: 0, count: count))
            case .float16: .float16(Array(repeating: 0, count: count))
            case .float32: .float32(Array(repeating: 0, count: count))
            case .float64: .float64(Array(repeating: 0, count: count))
            case .string: .string(Array(repeating: [], count: count))
            }
        return Tensor(name: input.name, shape: shape, values: values)
    }
}
