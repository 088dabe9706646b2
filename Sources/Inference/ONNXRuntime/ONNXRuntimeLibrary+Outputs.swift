internal import CInference
internal import SlipwayCore

extension ONNXRuntimeLibrary {
    /// Copies an output out of the runtime; a sequence of maps from labels to scores becomes one tensor.
    func tensor(named name: String, from value: OpaquePointer) throws -> Tensor {
        if slipway_ort_value_is_tensor(handle, value) {
            let (shape, values) = try denseTensor(value, name)
            return Tensor(name: name, shape: shape, values: values)
        }
        return try scores(named: name, from: value)
    }

    /// scikit-learn's class probabilities as its converter writes them, one map a row: a tensor of the shape [rows,
    /// classes], classes in the order of the maps' keys, which is that of scikit-learn's `classes_`.
    private func scores(named name: String, from sequence: OpaquePointer) throws -> Tensor {
        var count = 0
        var error: UnsafeMutablePointer<CChar>?
        guard slipway_ort_value_count(handle, sequence, &count, &error) else { throw failure(name, error) }
        var labels: TensorValues?
        var scores: [Float] = []
        for row in 0..<count {
            let (rowLabels, rowScores) = try withElement(row, of: sequence, name) { map in
                let labels = try withElement(0, of: map, name) { try denseTensor($0, name).values }
                let scores = try withElement(1, of: map, name) { try denseTensor($0, name).values }
                return (labels, scores)
            }
            guard case .float32(let values) = rowScores, labels == nil || labels == rowLabels else {
                throw InferenceError(
                    .unsupported,
                    "the output \"\(name)\" has maps with different keys in different rows, which make no tensor. "
                        + Self.adviceForOutputs)
            }
            labels = rowLabels
            scores.append(contentsOf: values)
        }
        return Tensor(
            name: name, shape: [count, labels?.count ?? 0], values: .float32(scores),
            labels: labels.flatMap(Self.text))
    }

    /// The keys of a map as text.
    private static func text(_ keys: TensorValues) -> [String]? {
        switch keys {
        case .int64(let keys): keys.map(String.init)
        case .string(let keys): keys.map { String(decoding: $0, as: UTF8.self) }
        default: nil
        }
    }

    private func withElement<Result>(
        _ index: Int, of value: OpaquePointer, _ name: String, _ body: (OpaquePointer) throws -> Result
    ) throws -> Result {
        var error: UnsafeMutablePointer<CChar>?
        guard let element = slipway_ort_value_element(handle, value, index, &error) else {
            throw failure(name, error)
        }
        defer { slipway_ort_value_release(handle, element) }
        return try body(element)
    }

    private func denseTensor(_ value: OpaquePointer, _ name: String) throws -> (shape: [Int], values: TensorValues) {
        var tensor = slipway_ort_tensor()
        var error: UnsafeMutablePointer<CChar>?
        defer { slipway_ort_tensor_clear(&tensor) }
        guard slipway_ort_value_tensor(handle, value, &tensor, &error) else { throw failure(name, error) }
        let shape = UnsafeBufferPointer(start: tensor.dimensions, count: tensor.rank).map(Int.init)
        guard let type = ElementType(onnxRuntime: tensor.element) else {
            throw InferenceError(
                .unsupported,
                "the output \"\(name)\" has an element type that the Open Inference Protocol does not have "
                    + "(ONNX number \(tensor.element))")
        }
        return (shape, Self.values(tensor, type))
    }

    private static func values(_ tensor: slipway_ort_tensor, _ type: ElementType) -> TensorValues {
        switch type {
        // Any byte but zero is true; a Swift Bool holds only 0 and 1.
        case .bool: .bool(elements(tensor, of: UInt8.self).map { $0 != 0 })
        case .uint8: .uint8(elements(tensor))
        case .uint16: .uint16(elements(tensor))
        case .uint32: .uint32(elements(tensor))
        case .uint64: .uint64(elements(tensor))
        case .int8: .int8(elements(tensor))
        case .int16: .int16(elements(tensor))
        case .int32: .int32(elements(tensor))
        case .int64: .int64(elements(tensor))
        case .float16: .float16(elements(tensor))
        case .float32: .float32(elements(tensor))
        case .float64: .float64(elements(tensor))
        case .string: .string(strings(tensor))
        }
    }

    private static func elements<Element>(
        _ tensor: slipway_ort_tensor, of type: Element.Type = Element.self
    ) -> [Element] {
        guard tensor.count > 0 else { return [] }
        return Array(UnsafeBufferPointer(start: tensor.data.assumingMemoryBound(to: type), count: tensor.count))
    }

    private static func strings(_ tensor: slipway_ort_tensor) -> [[UInt8]] {
        (0..<tensor.count).map { index in
            let bytes = UnsafeRawBufferPointer(
                start: tensor.text + tensor.offsets[index], count: tensor.offsets[index + 1] - tensor.offsets[index])
            return Array(bytes)
        }
    }

    private func failure(_ name: String, _ error: UnsafeMutablePointer<CChar>?) -> InferenceError {
        InferenceError(.failed, "the output \"\(name)\" cannot be read: \(takeText(error))")
    }
}
