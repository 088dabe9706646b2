import NIOCore

extension TensorData {
    /// How many bytes the elements take in the binary form.
    var binarySize: Int {
        switch self {
        case .bool(let values): values.count
        case .uint8(let values): values.count
        case .uint16(let values): values.count * 2
        case .uint32(let values): values.count * 4
        case .uint64(let values): values.count * 8
        case .int8(let values): values.count
        case .int16(let values): values.count * 2
        case .int32(let values): values.count * 4
        case .int64(let values): values.count * 8
        case .fp16(let values): values.count * 2
        case .fp32(let values): values.count * 4
        case .fp64(let values): values.count * 8
        case .bytes(let values): values.reduce(0) { $0 + 4 + $1.count }
        }
    }

    /// Appends the elements in the binary form.
    func writeBinary(into buffer: inout ByteBuffer) {
        switch self {
        case .bool(let values): Self.write(values, into: &buffer)
        case .uint8(let values): Self.write(values, into: &buffer)
        case .uint16(let values): Self.write(values, into: &buffer)
        case .uint32(let values): Self.write(values, into: &buffer)
        case .uint64(let values): Self.write(values, into: &buffer)
        case .int8(let values): Self.write(values, into: &buffer)
        case .int16(let values): Self.write(values, into: &buffer)
        case .int32(let values): Self.write(values, into: &buffer)
        case .int64(let values): Self.write(values, into: &buffer)
        case .fp16(let values): Self.write(values, into: &buffer)
        case .fp32(let values): Self.write(values, into: &buffer)
        case .fp64(let values): Self.write(values, into: &buffer)
        case .bytes(let values):
            for value in values {
                // A string of 4 GiB or more is no tensor element that any engine makes.
                buffer.writeInteger(UInt32(value.count), endianness: .little)
                buffer.writeBytes(value)
            }
        }
    }

    private static func write<Element: BitwiseCopyable>(_ values: [Element], into buffer: inout ByteBuffer) {
        _ = values.withUnsafeBytes { buffer.writeBytes($0) }
    }
}
