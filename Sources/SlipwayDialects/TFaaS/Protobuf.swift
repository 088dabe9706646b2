/// What the messages of TFaaS need of the protocol buffers' wire format.
///
/// https://protobuf.dev/programming-guides/encoding/
enum Protobuf {
    /// Why bytes are no message; goes on from the message's name.
    struct Fault: Error, Hashable {
        var problem: String
    }

    /// The value of one field, as it is on the wire.
    enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        case bytes(ArraySlice<UInt8>)
        case fixed32(UInt32)
    }

    /// Reads the fields of a message, in the order in which they stand.
    ///
    /// - Throws: `Fault`, also for the groups that version 3 has no more.
    static func fields(
        of message: ArraySlice<UInt8>, _ body: (_ number: UInt64, Value) throws(Fault) -> Void
    ) throws(Fault) {
        var rest = message
        while !rest.isEmpty {
            let key = try varint(&rest)
            guard key >> 3 > 0 else { throw Fault(problem: "has a field of number 0") }
            let value: Value =
                switch key & 7 {
                case 0: .varint(try varint(&rest))
                case 1: .fixed64(try fixed(&rest))
                case 2: .bytes(try take(Int(clamping: varint(&rest)), &rest))
                case 5: .fixed32(try fixed(&rest))
                default: throw Fault(problem: "has a field of wire type \(key & 7)")
                }
            try body(key >> 3, value)
        }
    }

    static func fixed<Number: FixedWidthInteger>(_ rest: inout ArraySlice<UInt8>) throws(Fault) -> Number {
        let bytes = try take(Number.bitWidth / 8, &rest)
        return bytes.reversed().reduce(0) { $0 << 8 | Number($1) }
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) throws(Fault) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let byte = try take(1, &rest)[rest.startIndex - 1]
            number |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return number }
        }
        throw Fault(problem: "has a number of more than ten bytes")
    }

    private static func take(_ count: Int, _ rest: inout ArraySlice<UInt8>) throws(Fault) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw Fault(problem: "ends within a field") }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// A field with a length before its bytes.
    static func field(_ number: UInt64, _ bytes: [UInt8]) -> [UInt8] {
        varint(number << 3 | 2) + varint(UInt64(bytes.count)) + bytes
    }

    static func field(_ number: UInt64, _ value: Float) -> [UInt8] {
        let pattern = value.bitPattern
        return varint(number << 3 | 5) + (0..<4).map { UInt8(truncatingIfNeeded: pattern >> ($0 * 8)) }
    }

    private static func varint(_ number: UInt64) -> [UInt8] {
        var (rest, bytes) = (number, [UInt8]())
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
