/// A string of TensorFlow Serving's JSON: text, or `{"b64": "…"}` for bytes that need not be text.
struct TextOrBase64: TensorElement {
    let bytes: [UInt8]

    static func scan(_ scanner: inout JSONScanner) throws -> TextOrBase64 {
        guard scanner.current == UInt8(ascii: "{") else { return TextOrBase64(bytes: try [UInt8].scan(&scanner)) }
        let start = scanner.offset
        var text: String?
        try scanner.scanObject("a string as bytes") { scanner, key in
            switch key {
            case "b64": text = try scanner.scanString()
            default:
                throw OpenInferenceError(
                    .invalid, "bytes are written {\"b64\": \"…\"}; found the key \"\(key.text)\"", offset: start)
            }
        }
        guard let text, let bytes = Base64.decode(text) else {
            throw OpenInferenceError(.invalid, "bytes are written {\"b64\": \"…\"} in Base64", offset: start)
        }
        return TextOrBase64(bytes: bytes)
    }
}

extension JSONScanner {
    /// Whether an object with the single member `b64`, a string, stands at the position; moves nothing.
    var isAtBase64: Bool {
        var ahead = self
        guard ahead.skip("{") else { return false }
        ahead.skipSpace()
        guard ahead.skipWord("\"b64\""), ahead.skip(":") else { return false }
        ahead.skipSpace()
        guard (try? ahead.skipString()) != nil else { return false }
        return ahead.skip("}")
    }
}
