internal import CInference
internal import SlipwayCore

extension ONNXRuntimeLibrary {
    /// Calls `body` with a value for each tensor, made over the tensors' own memory; only strings are copied.
    func withValues<Result>(of tensors: [Tensor], _ body: ([OpaquePointer?]) throws -> Result) throws -> Result {
        try withValues(of: tensors[...], before: [], body)
    }

    private func withValues<Result>(
        of tensors: ArraySlice<Tensor>, before values: [OpaquePointer?], _ body: ([OpaquePointer?]) throws -> Result
    ) throws -> Result {
        guard let tensor = tensors.first else { return try body(values) }
        return try withValue(of: tensor) { value in
            try withValues(of: tensors.dropFirst(), before: values + [value], body)
        }
    }

    private func withValue<Result>(of tensor: Tensor, _ body: (OpaquePointer) throws -> Result) throws -> Result {
        switch tensor.values {
        case .bool(let elements): try borrow(elements, of: tensor, body)
        case .uint8(let elements): try borrow(elements, of: tensor, body)
        case .uint16(let elements): try borrow(elements, of: tensor, body)
        case .uint32(let elements): try borrow(elements, of: tensor, body)
        case .uint64(let elements): try borrow(elements, of: tensor, body)
        case .int8(let elements): try borrow(elements, of: tensor, body)
        case .int16(let elements): try borrow(elements, of: tensor, body)
        case .int32(let elements): try borrow(elements, of: tensor, body)
        case .int64(let elements): try borrow(elements, of: tensor, body)
        case .float16(let elements): try borrow(elements, of: tensor, body)
        case .float32(let elements): try borrow(elements, of: tensor, body)
        case .float64(let elements): try borrow(elements, of: tensor, body)
        case .string(let elements): try copy(elements, of: tensor, body)
        }
    }

    private func borrow<Element, Result>(
        _ elements: [Element], of tensor: Tensor, _ body: (OpaquePointer) throws -> Result
    ) throws -> Result {
        try elements.withUnsafeBytes { bytes in
            let dimensions = tensor.shape.map(Int64.init)
            var error: UnsafeMutablePointer<CChar>?
            let value = slipway_ort_tensor_borrow(
                handle, tensor.type.onnxRuntime, bytes.baseAddress, bytes.count, dimensions, dimensions.count, &error)
            return try use(value, of: tensor, error, body)
        }
    }

    private func copy<Result>(
        _ strings: [[UInt8]], of tensor: Tensor, _ body: (OpaquePointer) throws -> Result
    ) throws -> Result {
        // The strings one after another, each with the zero byte that the C interface wants.
        var text: [CChar] = []
        var starts: [Int] = []
        for string in strings {
            guard !string.contains(0) else {
                throw InferenceError(
                    .invalidInput,
                    "the input \"\(tensor.name)\" has a string with a zero character, which ONNX Runtime cannot take")
            }
            starts.append(text.count)
            text.append(contentsOf: string.lazy.map(CChar.init(bitPattern:)))
            text.append(0)
        }
        return try text.withUnsafeBufferPointer { text in
            let pointers = starts.map { start in text.baseAddress.map { $0 + start } }
            let dimensions = tensor.shape.map(Int64.init)
            var error: UnsafeMutablePointer<CChar>?
            let value = slipway_ort_tensor_of_strings(
                handle, pointers, pointers.count, dimensions, dimensions.count, &error)
            return try use(value, of: tensor, error, body)
        }
    }

    private func use<Result>(
        _ value: OpaquePointer?, of tensor: Tensor, _ error: UnsafeMutablePointer<CChar>?,
        _ body: (OpaquePointer) throws -> Result
    ) throws -> Result {
        guard let value else {
            throw InferenceError(.failed, "ONNX Runtime refuses the input \"\(tensor.name)\": \(takeText(error))")
        }
        defer { slipway_ort_value_release(handle, value) }
        return try body(value)
    }
}
