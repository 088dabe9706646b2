/// Quotes text so that a POSIX shell takes it as one word, unchanged.
package enum ShellQuoting {
    /// The text in single quotes, a single quote in it as `'\''`.
    ///
    /// Throws `unsafeValue` where the text has a control character (U+0000–U+001F, U+007F–U+009F) or a line or
    /// paragraph separator (U+2028, U+2029).
    package static func quote(_ text: String) throws(SlurmError) -> String {
        try refuseControlCharacters(text)
        // By scalars: a combining mark after a quote makes one Character of both.
        var quoted = "'"
        for scalar in text.unicodeScalars {
            if scalar == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(scalar) }
        }
        return quoted + "'"
    }

    /// Throws `unsafeValue` where `quote` would.
    package static func refuseControlCharacters(_ text: String) throws(SlurmError) {
        let refused = text.unicodeScalars.first {
            $0.properties.generalCategory == .control || $0 == "\u{2028}" || $0 == "\u{2029}"
        }
        guard let refused else { return }
        let code = String(refused.value, radix: 16, uppercase: true)
        throw SlurmError(
            .unsafeValue,
            "\(String(reflecting: text)) holds the control character U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code); text for a job is printable and of one line"
        )
    }
}
