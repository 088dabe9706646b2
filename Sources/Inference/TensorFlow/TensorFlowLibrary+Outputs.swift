internal import CInference
internal import SlipwayCore

extension TensorFlowLibrary {
    /// Copies an output out of the runtime.
    ///
    /// - Throws: `InferenceError` with `unsupported` for an element type that the Open Inference Protocol lacks.
    func tensor(named name: String, from result: OpaquePointer) throws -> Tensor {
        let element = slipway_tf_tensor_element(handle, result)
        guard let type = ElementType(tensorFlow: element) else {
            throw InferenceError(
                .unsupported, "the output \"\(name)\" has TensorFlow's element type \(element); cast it in the model")
        }
        let shape = (0..<slipway_tf_tensor_rank(handle, result)).map { index in
            Int(slipway_tf_tensor_dimension(handle, result, index))
        }
        return Tensor(name: name, shape: shape, values: values(of: result, type))
    }

    private func values(of result: OpaquePointer, _ type: ElementType) -> TensorValues {
        var count = 0
        let data = slipway_tf_tensor_data(handle, result, &count)
        let bytes = UnsafeRawBufferPointer(start: data, count: data == nil ? 0 : count)
        return switch type {
        // Any byte but zero is true; a Swift Bool holds only 0 and 1.
        case .bool: .bool(bytes.map { $0 != 0 })
        case .uint8: .uint8(elements(bytes))
        case .uint16: .uint16(elements(bytes))
        case .uint32: .uint32(elements(bytes))
        case .uint64: .uint64(elements(bytes))
        case .int8: .int8(elements(bytes))
        case .int16: .int16(elements(bytes))
        case .int32: .int32(elements(bytes))
        case .int64: .int64(elements(bytes))
        case .float16: .float16(elements(bytes))
        case .float32: .float32(elements(bytes))
        case .float64: .float64(elements(bytes))
        case .string: .string(strings(of: result, count: bytes.count / slipway_tf_string_size()))
        }
    }

    private func elements<Element: BitwiseCopyable>(_ bytes: UnsafeRawBufferPointer) -> [Element] {
        Array(bytes.bindMemory(to: Element.self))
    }

    private func strings(of result: OpaquePointer, count: Int) -> [[UInt8]] {
        (0..<count).map { index in
            var length = 0
            let string = slipway_tf_tensor_string(handle, result, index, &length)
            return Array(UnsafeRawBufferPointer(start: string, count: length))
        }
    }
}
