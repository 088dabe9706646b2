/// A tensor's elements in row-major order, as they stand on the wire.
package enum TensorData: Sendable, Hashable {
    case bool([Bool])
    case uint8([UInt8])
    case uint16([UInt16])
    case uint32([UInt32])
    case uint64([UInt64])
    case int8([Int8])
    case int16([Int16])
    case int32([Int32])
    case int64([Int64])
    case fp16([Float16])
    case fp32([Float])
    case fp64([Double])
    /// Text, or bytes that need not be text.
    case bytes([[UInt8]])

    package var datatype: Datatype {
        switch self {
        case .bool: .bool
        case .uint8: .uint8
        case .uint16: .uint16
        case .uint32: .uint32
        case .uint64: .uint64
        case .int8: .int8
        case .int16: .int16
        case .int32: .int32
        case .int64: .int64
        case .fp16: .fp16
        case .fp32: .fp32
        case .fp64: .fp64
        case .bytes: .bytes
        }
    }

    /// The number of elements.
    package var count: Int {
        switch self {
        case .bool(let values): values.count
        case .uint8(let values): values.count
        case .uint16(let values): values.count
        case .uint32(let values): values.count
        case .uint64(let values): values.count
        case .int8(let values): values.count
        case .int16(let values): values.count
        case .int32(let values): values.count
        case .int64(let values): values.count
        case .fp16(let values): values.count
        case .fp32(let values): values.count
        case .fp64(let values): values.count
        case .bytes(let values): values.count
        }
    }
}
