extension JSONScanner {
    /// What stands between a string's quotes.
    enum StringContent {
        /// ASCII without escapes.
        case ascii
        /// Bytes beyond ASCII, which have to be UTF-8, without escapes.
        case plain
        case escaped
    }

    /// Reads a string with its escapes.
    ///
    /// - Throws: `malformed` for bytes that are not UTF-8, bare control characters, unknown escapes, and surrogates
    ///   without their other half.
    mutating func scanString() throws -> String {
        let opening = offset
        let content = try skipString()
        let bytes = UnsafeBufferPointer(rebasing: bytes[(opening + 1)..<(offset - 1)])
        let text =
            switch content {
            case .ascii: String(decoding: bytes, as: UTF8.self)
            case .plain: String(validating: bytes, as: UTF8.self)
            case .escaped: try unescape(bytes, at: opening + 1)
            }
        guard let text else { throw notUTF8(opening) }
        return text
    }

    /// Reads a member's name.
    ///
    /// - Throws: As `scanString`.
    mutating func scanKey() throws -> JSONKey {
        let opening = offset
        let content = try skipString()
        let raw = UnsafeBufferPointer(rebasing: bytes[(opening + 1)..<(offset - 1)])
        guard content != .ascii else { return JSONKey(raw: raw, unescaped: nil) }
        guard let text = try unescape(raw, at: opening + 1) else { throw notUTF8(opening) }
        return JSONKey(raw: raw, unescaped: text)
    }

    private func notUTF8(_ opening: Int) -> OpenInferenceError {
        OpenInferenceError(.malformed, "a string is not valid UTF-8", offset: opening)
    }

    /// Moves over a string; returns what it holds.
    @discardableResult
    mutating func skipString() throws -> StringContent {
        guard current == UInt8(ascii: "\"") else { throw unexpected("a string") }
        let opening = offset
        var content = StringContent.ascii
        offset += 1
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                return content
            case UInt8(ascii: "\\"):
                content = .escaped
                offset += 2
            case 0..<0x20:
                throw unexpected("an escape such as \\n in place of a bare control character in a string")
            case 0x80...:
                if content == .ascii { content = .plain }
                offset += 1
            default:
                offset += 1
            }
        }
        offset = bytes.count
        throw OpenInferenceError(.malformed, "a string has no closing quote", offset: opening)
    }

    /// The text of a string with escapes; nil where its bytes are not UTF-8.
    private func unescape(_ content: UnsafeBufferPointer<UInt8>, at start: Int) throws -> String? {
        var text: [UInt8] = []
        text.reserveCapacity(content.count)
        var index = 0
        while index < content.count {
            let byte = content[index]
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                index += 1
                continue
            }
            let escape = index
            index += 2
            switch content[escape + 1] {
            case UInt8(ascii: "\""): text.append(UInt8(ascii: "\""))
            case UInt8(ascii: "\\"): text.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "/"): text.append(UInt8(ascii: "/"))
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"):
                guard let scalar = Self.scalar(in: content, after: &index) else {
                    throw OpenInferenceError(
                        .malformed, "\\u wants four hexadecimal digits, and surrogates come in pairs",
                        offset: start + escape)
                }
                text.append(contentsOf: UTF8.encode(scalar)!)
            default:
                throw OpenInferenceError(.malformed, "unknown escape in a string", offset: start + escape)
            }
        }
        return String(validating: text, as: UTF8.self)
    }

    /// The scalar of a `\u` escape, of two for a surrogate pair; `index` stands after the `u`.
    private static func scalar(in content: UnsafeBufferPointer<UInt8>, after index: inout Int) -> Unicode.Scalar? {
        guard let first = codeUnit(in: content, at: &index) else { return nil }
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) }
        guard index + 1 < content.count, content[index] == UInt8(ascii: "\\"),
            content[index + 1] == UInt8(ascii: "u")
        else { return nil }
        index += 2
        guard let second = codeUnit(in: content, at: &index), UTF16.isTrailSurrogate(second) else { return nil }
        return Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
    }

    private static func codeUnit(in content: UnsafeBufferPointer<UInt8>, at index: inout Int) -> UInt16? {
        guard content.count - index >= 4 else { return nil }
        var unit: UInt16 = 0
        for position in index..<(index + 4) {
            guard
                let digit = Unicode.Scalar(content[position]).properties.isASCIIHexDigit
                    ? Character(Unicode.Scalar(content[position])).hexDigitValue : nil
            else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        index += 4
        return unit
    }
}
