/// Goes through the fields of one protocol buffers message, in the order in which they lie there
/// (protobuf.dev, "Encoding").
///
/// It reads nothing beyond the bytes it was given, keeps nothing, and descends only where its caller asks it to, so
/// that neither a length nor a depth in a hostile file costs memory.
struct ProtobufReader {
    struct Field {
        let number: Int
        let value: Value

        /// The field's content where it is text, bytes or a message.
        var bytes: UnsafeRawBufferPointer? {
            if case .bytes(let bytes) = value { bytes } else { nil }
        }

        var text: String? {
            bytes.map { String(decoding: $0, as: UTF8.self) }
        }

        /// The content of an integer or an enumeration.
        var integer: Int64? {
            if case .integer(let value) = value { Int64(bitPattern: value) } else { nil }
        }

        /// The field's content as a message of its own.
        var message: ProtobufReader? {
            bytes.map(ProtobufReader.init)
        }
    }

    enum Value {
        case integer(UInt64)
        /// Text, bytes, a message or packed numbers; part of the reader's own bytes.
        case bytes(UnsafeRawBufferPointer)
        /// A number of four or eight bytes, which no message read here needs.
        case fixed
    }

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The next field; nil at the end.
    ///
    /// - Throws: `ProtobufFault` where the bytes are no message.
    mutating func next() throws(ProtobufFault) -> Field? {
        guard position < bytes.count else { return nil }
        let key = try varint()
        guard key >> 3 > 0, let number = Int(exactly: key >> 3), number < 1 << 29 else {
            throw ProtobufFault("a field has the number \(key >> 3)", at: position)
        }
        switch key & 7 {
        case 0: return Field(number: number, value: .integer(try varint()))
        case 1:
            _ = try take(8)
            return Field(number: number, value: .fixed)
        case 2:
            let count = try varint()
            guard let count = Int(exactly: count) else { throw ProtobufFault("a length is \(count)", at: position) }
            return Field(number: number, value: .bytes(try take(count)))
        case 5:
            _ = try take(4)
            return Field(number: number, value: .fixed)
        // Groups (3 and 4) left the language before these formats came up.
        default: throw ProtobufFault("a field has the unknown wire type \(key & 7)", at: position)
        }
    }

    /// Calls `body` with each field.
    func forEach(_ body: (Field) throws -> Void) throws {
        var reader = self
        while let field = try reader.next() { try body(field) }
    }

    private mutating func take(_ count: Int) throws(ProtobufFault) -> UnsafeRawBufferPointer {
        guard count <= bytes.count - position else {
            throw ProtobufFault("\(count) bytes are announced and \(bytes.count - position) are left", at: position)
        }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)])
    }

    private mutating func varint() throws(ProtobufFault) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard position < bytes.count else { throw ProtobufFault("a number is cut off", at: position) }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw ProtobufFault("a number has more than ten bytes", at: position)
    }
}
