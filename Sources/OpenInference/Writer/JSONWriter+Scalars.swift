extension JSONWriter {
    /// Writes a JSON string, escaping what RFC 8259 section 7 wants escaped.
    mutating func string(_ text: String) {
        append("\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0..<0x20:
                append("\\u00")
                append(byte: byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
                let digit = byte & 0xF
                append(byte: digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            default: append(byte: byte)
            }
        }
        append("\"")
    }

    mutating func integer(_ value: some FixedWidthInteger) {
        var magnitude = UInt64(value.magnitude)
        if value < 0 { append("-") }
        // 20 digits hold the largest 64-bit number.
        var digits: InlineArray<20, UInt8> = .init(repeating: 0)
        var start = 20
        repeat {
            start -= 1
            digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10)
            magnitude /= 10
        } while magnitude > 0
        digits.span.withUnsafeBufferPointer { append(contentsOf: UnsafeBufferPointer(rebasing: $0[start...])) }
    }

    /// Writes the shortest decimal that reads back to the same value of the same type.
    @inline(__always)
    mutating func number<Value: BinaryFloatingPoint & CustomStringConvertible>(_ value: Value) {
        guard value.isFinite else {
            append(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
            return
        }
        var text = value.description
        text.withUTF8 { append(contentsOf: $0) }
    }
}
