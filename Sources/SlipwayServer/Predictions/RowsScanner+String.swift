import HTTPTypes

extension RowsScanner {
    /// Reads a string at the position.
    mutating func string() throws -> String {
        guard current == UInt8(ascii: "\"") else { throw unexpected("a string") }
        let start = offset + 1
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\"), bytes[end] >= 0x20
        {
            end += 1
        }
        offset = end
        guard end < bytes.count else { throw unexpected("the end of a string") }
        if bytes[end] == UInt8(ascii: "\"") {
            offset = end + 1
            return try text(bytes[start..<end], at: start)
        }
        return try escapedString(from: start)
    }

    /// Goes on with a string in which something is escaped.
    private mutating func escapedString(from start: Int) throws -> String {
        var unescaped = Array(bytes[start..<offset])
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return try unescaped.withUnsafeBytes { try text($0[...], at: start) }
            case UInt8(ascii: "\\"):
                offset += 1
                try escape(into: &unescaped)
            case 0..<0x20: throw unexpected("an escape for a control character in a string")
            default:
                unescaped.append(byte)
                offset += 1
            }
        }
        throw unexpected("the end of a string")
    }

    private mutating func escape(into unescaped: inout [UInt8]) throws {
        let escaped: UInt8? =
            switch current {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): current
            case UInt8(ascii: "b"): 0x08
            case UInt8(ascii: "f"): 0x0C
            case UInt8(ascii: "n"): 0x0A
            case UInt8(ascii: "r"): 0x0D
            case UInt8(ascii: "t"): 0x09
            default: nil
            }
        if let escaped {
            unescaped.append(escaped)
            offset += 1
            return
        }
        guard current == UInt8(ascii: "u") else { throw unexpected("an escape in a string") }
        offset += 1
        var code = UInt32(try hexadecimal())
        if 0xD800..<0xDC00 ~= code, skipWord("\\u") {
            let low = UInt32(try hexadecimal())
            guard 0xDC00..<0xE000 ~= low else { throw unexpected("the second half of a character") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw unexpected("both halves of a character") }
        unescaped.append(contentsOf: String(Character(scalar)).utf8)
    }

    private mutating func hexadecimal() throws -> UInt16 {
        guard offset + 4 <= bytes.count,
            let code = UInt16(String(decoding: bytes[offset..<(offset + 4)], as: UTF8.self), radix: 16),
            bytes[offset] != UInt8(ascii: "+")
        else { throw unexpected("four hexadecimal digits") }
        offset += 4
        return code
    }

    private func text(_ bytes: Slice<UnsafeRawBufferPointer>, at start: Int) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(.badRequest, "The body cannot be read: a string is not UTF-8 (at byte \(start)).")
        }
        return text
    }
}
