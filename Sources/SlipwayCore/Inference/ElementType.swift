/// The type of one tensor element, named after its wire form in the Open Inference Protocol version 2.
package enum ElementType: String, Sendable, Codable, Hashable, CaseIterable {
    case bool = "BOOL"
    case uint8 = "UINT8"
    case uint16 = "UINT16"
    case uint32 = "UINT32"
    case uint64 = "UINT64"
    case int8 = "INT8"
    case int16 = "INT16"
    case int32 = "INT32"
    case int64 = "INT64"
    case float16 = "FP16"
    case float32 = "FP32"
    case float64 = "FP64"
    /// Text or bytes of any length: `BYTES` on the wire.
    case string = "BYTES"

    package var isFloatingPoint: Bool { self == .float16 || self == .float32 || self == .float64 }
}
