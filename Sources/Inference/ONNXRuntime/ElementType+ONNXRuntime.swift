internal import CInference
internal import SlipwayCore

extension ElementType {
    /// The type under ONNX Runtime's number; nil for types that the Open Inference Protocol does not have.
    init?(onnxRuntime element: Int32) {
        guard let type = Self.allCases.first(where: { $0.onnxRuntime.rawValue == UInt32(bitPattern: element) }) else {
            return nil
        }
        self = type
    }

    var onnxRuntime: slipway_ort_element {
        switch self {
        case .bool: slipway_ort_element_bool
        case .uint8: slipway_ort_element_uint8
        case .uint16: slipway_ort_element_uint16
        case .uint32: slipway_ort_element_uint32
        case .uint64: slipway_ort_element_uint64
        case .int8: slipway_ort_element_int8
        case .int16: slipway_ort_element_int16
        case .int32: slipway_ort_element_int32
        case .int64: slipway_ort_element_int64
        case .float16: slipway_ort_element_float16
        case .float32: slipway_ort_element_float32
        case .float64: slipway_ort_element_float64
        case .string: slipway_ort_element_string
        }
    }

    /// The bytes that an element takes in the runtime's memory; 0 for strings, which lie elsewhere.
    var size: Int {
        switch self {
        case .bool, .uint8, .int8: 1
        case .uint16, .int16, .float16: 2
        case .uint32, .int32, .float32: 4
        case .uint64, .int64, .float64: 8
        case .string: 0
        }
    }
}
