internal import CInference
internal import SlipwayCore

extension TensorFlowLibrary {
    /// The tensor in the runtime's own memory, to be released by the caller.
    ///
    /// - Throws: `InferenceError` with `failed` where memory does not suffice.
    func copy(_ tensor: Tensor) throws -> OpaquePointer {
        switch tensor.values {
        case .bool(let elements): try copy(elements, of: tensor)
        case .uint8(let elements): try copy(elements, of: tensor)
        case .uint16(let elements): try copy(elements, of: tensor)
        case .uint32(let elements): try copy(elements, of: tensor)
        case .uint64(let elements): try copy(elements, of: tensor)
        case .int8(let elements): try copy(elements, of: tensor)
        case .int16(let elements): try copy(elements, of: tensor)
        case .int32(let elements): try copy(elements, of: tensor)
        case .int64(let elements): try copy(elements, of: tensor)
        case .float16(let elements): try copy(elements, of: tensor)
        case .float32(let elements): try copy(elements, of: tensor)
        case .float64(let elements): try copy(elements, of: tensor)
        case .string(let elements): try copy(strings: elements, of: tensor)
        }
    }

    private func copy<Element>(_ elements: [Element], of tensor: Tensor) throws -> OpaquePointer {
        try elements.withUnsafeBytes { bytes in
            let dimensions = tensor.shape.map(Int64.init)
            var error: UnsafeMutablePointer<CChar>?
            let copy = slipway_tf_tensor_copy(
                handle, tensor.type.tensorFlow, bytes.baseAddress, bytes.count, dimensions, Int32(dimensions.count),
                &error)
            return try checked(copy, tensor, error)
        }
    }

    private func copy(strings: [[UInt8]], of tensor: Tensor) throws -> OpaquePointer {
        var text: [UInt8] = []
        var starts = [0]
        for string in strings {
            text += string
            starts.append(text.count)
        }
        return try text.withUnsafeBytes { text in
            let dimensions = tensor.shape.map(Int64.init)
            var error: UnsafeMutablePointer<CChar>?
            let copy = slipway_tf_tensor_of_strings(
                handle, text.baseAddress?.assumingMemoryBound(to: CChar.self), starts, strings.count, dimensions,
                Int32(dimensions.count), &error)
            return try checked(copy, tensor, error)
        }
    }

    private func checked(
        _ copy: OpaquePointer?, _ tensor: Tensor, _ error: UnsafeMutablePointer<CChar>?
    ) throws -> OpaquePointer {
        guard let copy else {
            throw InferenceError(.failed, "TensorFlow refuses the input \"\(tensor.name)\": \(takeText(error))")
        }
        return copy
    }
}
