internal import CInference
internal import SlipwayCore

extension ONNXRuntimeLibrary {
    /// Calls `body` with a value over the memory of a new array for each of `expected`, whose shapes are complete, for
    /// the runtime to fill.
    ///
    /// - Returns: The filled tensors.
    func withArrays(
        for expected: [TensorSpecification], _ body: ([OpaquePointer?]) throws -> Void
    ) throws -> [Tensor] {
        var filled: [Tensor] = []
        try fill(expected[...], [], &filled, body)
        return filled.reversed()
    }

    private func fill(
        _ expected: ArraySlice<TensorSpecification>, _ values: [OpaquePointer?], _ filled: inout [Tensor],
        _ body: ([OpaquePointer?]) throws -> Void
    ) throws {
        guard let output = expected.first else { return try body(values) }
        func array<Element>(of type: Element.Type = Element.self) throws -> [Element] {
            let count = output.shape.reduce(1, *)
            return try Array(unsafeUninitializedCapacity: count) { memory, initializedCount in
                let value = try lend(UnsafeMutableRawBufferPointer(memory), for: output)
                defer { slipway_ort_value_release(handle, value) }
                try fill(expected.dropFirst(), values + [value], &filled, body)
                initializedCount = count
            }
        }
        let elements: TensorValues =
            switch output.type {
            case .uint8: .uint8(try array())
            case .uint16: .uint16(try array())
            case .uint32: .uint32(try array())
            case .uint64: .uint64(try array())
            case .int8: .int8(try array())
            case .int16: .int16(try array())
            case .int32: .int32(try array())
            case .int64: .int64(try array())
            case .float16: .float16(try array())
            case .float32: .float32(try array())
            case .float64: .float64(try array())
            case .bool, .string: throw InferenceError(.failed, "\(output.type.rawValue) is not written in place")
            }
        filled.append(Tensor(name: output.name, shape: output.shape, values: elements))
    }

    private func lend(_ memory: UnsafeMutableRawBufferPointer, for output: TensorSpecification) throws -> OpaquePointer
    {
        let dimensions = output.shape.map(Int64.init)
        var error: UnsafeMutablePointer<CChar>?
        let count = dimensions.reduce(1, *) * Int64(output.type.size)
        guard
            let value = slipway_ort_tensor_lend(
                handle, output.type.onnxRuntime, memory.baseAddress, Int(count), dimensions, dimensions.count, &error)
        else {
            throw InferenceError(.failed, "the output \"\(output.name)\" cannot be lent memory: \(takeText(error))")
        }
        return value
    }
}
