import OpenInference
import SlipwayCore

extension Tensor {
    init(_ input: InferenceInput) {
        let values: TensorValues =
            switch input.data {
            case .bool(let values): .bool(values)
            case .uint8(let values): .uint8(values)
            case .uint16(let values): .uint16(values)
            case .uint32(let values): .uint32(values)
            case .uint64(let values): .uint64(values)
            case .int8(let values): .int8(values)
            case .int16(let values): .int16(values)
            case .int32(let values): .int32(values)
            case .int64(let values): .int64(values)
            case .fp16(let values): .float16(values)
            case .fp32(let values): .float32(values)
            case .fp64(let values): .float64(values)
            case .bytes(let values): .string(values)
            }
        self.init(name: input.name, shape: input.shape, values: values)
    }
}

extension TensorData {
    init(_ values: TensorValues) {
        self =
            switch values {
            case .bool(let values): .bool(values)
            case .uint8(let values): .uint8(values)
            case .uint16(let values): .uint16(values)
            case .uint32(let values): .uint32(values)
            case .uint64(let values): .uint64(values)
            case .int8(let values): .int8(values)
            case .int16(let values): .int16(values)
            case .int32(let values): .int32(values)
            case .int64(let values): .int64(values)
            case .float16(let values): .fp16(values)
            case .float32(let values): .fp32(values)
            case .float64(let values): .fp64(values)
            case .string(let values): .bytes(values)
            }
    }
}

extension InferenceOutput {
    /// An output in the form that a request wants it in.
    ///
    /// - Throws: `OpenInferenceError` where it cannot have that form.
    init(_ tensor: Tensor, answering request: InferenceRequest) throws {
        self = try request.answer(
            tensor.name, shape: tensor.shape, data: TensorData(tensor.values), labels: tensor.labels)
    }
}

extension TensorMetadata {
    init(_ specification: TensorSpecification) {
        let datatype: Datatype =
            switch specification.type {
            case .bool: .bool
            case .uint8: .uint8
            case .uint16: .uint16
            case .uint32: .uint32
            case .uint64: .uint64
            case .int8: .int8
            case .int16: .int16
            case .int32: .int32
            case .int64: .int64
            case .float16: .fp16
            case .float32: .fp32
            case .float64: .fp64
            case .string: .bytes
            }
        self.init(name: specification.name, datatype: datatype, shape: specification.shape)
    }
}
