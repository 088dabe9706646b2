extension String {
    /// Undoes what browsers write for the three characters that would break a quoted name: `%22`, `%0D` and `%0A`
    /// (WHATWG HTML, "multipart form data"). Any other percent sign stands for itself.
    func decodingFormEscapes() -> String {
        guard utf8.contains(.percent) else { return self }
        return String(decoding: percentDecoded(only: [.quote, .carriageReturn, .lineFeed]).bytes, as: UTF8.self)
    }

    /// Decodes `UTF-8'language'percent-encoded` (RFC 8187, section 3.2); nil where it is not that.
    func decodingExtendedValue() -> String? {
        let pieces = split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3, pieces[0].lowercased() == "utf-8" else { return nil }
        let (bytes, isClean) = String(pieces[2]).percentDecoded(only: nil)
        return isClean ? String(validating: bytes, as: UTF8.self) : nil
    }

    private func percentDecoded(only wanted: Set<UInt8>?) -> (bytes: [UInt8], isClean: Bool) {
        var bytes: [UInt8] = []
        var isClean = true
        var rest = Substring(self).utf8
        while let byte = rest.popFirst() {
            guard byte == .percent else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2).compactMap(\.hexadecimalValue)
            if digits.count == 2, wanted?.contains(digits[0] << 4 | digits[1]) ?? true {
                bytes.append(digits[0] << 4 | digits[1])
                rest = rest.dropFirst(2)
            } else {
                isClean = false
                bytes.append(byte)
            }
        }
        return (bytes, isClean)
    }
}
