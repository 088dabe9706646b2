extension JSONWriter {
    /// Writes a JSON string, escaping what RFC 8259 section 7 wants escaped.
    mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { string(utf8: $0) }
    }

    /// Writes a JSON string of bytes that are known to be UTF-8.
    mutating func string(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        append(byte: UInt8(ascii: "\""))
        var written = 0
        for index in bytes.indices where Self.needsEscape(bytes[index]) {
            append(contentsOf: UnsafeBufferPointer(rebasing: bytes[written..<index]))
            escape(bytes[index])
            written = index + 1
        }
        append(contentsOf: UnsafeBufferPointer(rebasing: bytes[written...]))
        append(byte: UInt8(ascii: "\""))
    }

    /// Writes bytes as a JSON string; false, with nothing written, where they are not UTF-8.
    mutating func string(bytes: [UInt8]) -> Bool {
        guard (try? UTF8Span(validating: bytes.span)) != nil else { return false }
        bytes.withUnsafeBufferPointer { string(utf8: $0) }
        return true
    }

    @inline(__always)
    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        default:
            append("\\u00")
            append(byte: byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            let digit = byte & 0xF
            append(byte: digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    mutating func integer(_ value: some FixedWidthInteger) {
        var magnitude = UInt64(value.magnitude)
        if value < 0 { append(byte: UInt8(ascii: "-")) }
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
    mutating func number<Value: BinaryFloatingPoint & TextOutputStreamable>(_ value: Value) {
        guard value.isFinite else {
            append(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
            return
        }
        var text = NumberText()
        value.write(to: &text)
        text.withBytes { append(contentsOf: $0) }
    }
}
