/// Names that come from outside and become paths.
package enum FileNames {
    /// What stands after the last `/` or `\`.
    static func lastComponent(_ path: String) -> String {
        String(path[(path.lastIndex { $0 == "/" || $0 == "\\" }.map { path.index(after: $0) } ?? path.startIndex)...])
    }

    /// A name that is safe as a file of a task's folder: the last component, without control characters, not hidden,
    /// not an option, at most 200 bytes.
    ///
    /// - Returns: nil where nothing is left.
    static func safe(_ name: String) -> String? {
        let scalars = lastComponent(name).unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        var text = String(String.UnicodeScalarView(scalars)).drop { $0 == "." || $0 == "-" || $0 == " " }
        while text.utf8.count > 200 { text.removeLast() }
        while text.last == " " { text.removeLast() }
        return text.isEmpty ? nil : String(text)
    }

    /// 1 to 128 characters of `A–Z a–z 0–9 . _ -`, the first a letter or digit.
    package static func isModelName(_ name: String) -> Bool {
        guard let first = name.utf8.first, (1...128).contains(name.utf8.count) else { return false }
        return isAlphanumeric(first) && name.utf8.allSatisfy(isModelCharacter)
    }

    /// An experiment's name with every run of other characters made one `_`.
    static func modelName(from experiment: String) -> String? {
        var name = ""
        for byte in experiment.utf8 {
            if isModelCharacter(byte) {
                name.unicodeScalars.append(Unicode.Scalar(byte))
            } else if !name.hasSuffix("_") {
                name += "_"
            }
        }
        let trimmed = name.drop { !$0.isLetter && !$0.isNumber }.prefix(128)
        return trimmed.isEmpty ? nil : String(trimmed)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static func isModelCharacter(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
}
