internal import CInference
internal import SlipwayCore

extension ElementType {
    /// The type under TensorFlow's number; nil for types that the Open Inference Protocol does not have.
    init?(tensorFlow element: Int32) {
        guard let type = Self.allCases.first(where: { $0.tensorFlow == element }) else { return nil }
        self = type
    }

    /// The number in TensorFlow's types.proto.
    var tensorFlow: Int32 {
        let element =
            switch self {
            case .bool: slipway_tf_element_bool
            case .uint8: slipway_tf_element_uint8
            case .uint16: slipway_tf_element_uint16
            case .uint32: slipway_tf_element_uint32
            case .uint64: slipway_tf_element_uint64
            case .int8: slipway_tf_element_int8
            case .int16: slipway_tf_element_int16
            case .int32: slipway_tf_element_int32
            case .int64: slipway_tf_element_int64
            case .float16: slipway_tf_element_float16
            case .float32: slipway_tf_element_float32
            case .float64: slipway_tf_element_float64
            case .string: slipway_tf_element_string
            }
        return Int32(element.rawValue)
    }
}
