/// Why a script ended, in its own words: the one line of its log that says most.
enum LastWords {
    /// Longer words are cut.
    static let limit = 500

    /// The exception that ended Python where the log has a traceback, the last line with something on it otherwise.
    ///
    /// Lines of the job itself (`slipway: …`) say nothing of the script. A progress bar's carriage returns end lines.
    static func of(log: String) -> String? {
        let lines = log.split(whereSeparator: \.isNewline).map(plain).filter {
            !$0.hasPrefix("slipway:") && !$0.allSatisfy(\.isWhitespace)
        }
        guard let words = exception(in: lines) ?? lines.last.map(trimmed), !words.isEmpty else { return nil }
        return String(words.prefix(limit))
    }

    /// The line below the last traceback; of chained exceptions that is the one that ended the script, of an exception
    /// group the group.
    private static func exception(in lines: [String]) -> String? {
        let begins = lines.indices.filter { lines[$0].contains(header) }
        guard var begin = begins.last else { return nil }
        if trimmed(lines[begin]).hasPrefix("|") {
            guard let group = begins.last(where: { lines[$0].contains(groupHeader) }) else { return nil }
            begin = group
        }
        let isGroup = lines[begin].contains(groupHeader)
        // torchrun and others put a rank before each line.
        let prefix = lines[begin].firstRange(of: header).map { lines[begin][..<$0.lowerBound] } ?? ""
        let below = lines[(begin + 1)...].compactMap { isGroup ? withoutBar($0) : dropping(prefix, from: $0) }
        guard let index = below.firstIndex(where: isException) else { return nil }
        let line = trimmed(below[index])
        // “Error(s) in loading state_dict for Net:” says nothing without what follows.
        guard line.hasSuffix(":"), index + 1 < below.count else { return line }
        return line + " " + trimmed(below[index + 1])
    }

    private static let header = "Traceback (most recent call last):"
    private static let groupHeader = "Exception Group Traceback (most recent call last):"

    /// `Name`, `package.Name: message`, at the margin: frames are indented.
    private static func isException(_ line: some StringProtocol) -> Bool {
        let name = line.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
        guard let first = name.first, first.isLetter || first == "_" else { return false }
        return name.endIndex == line.endIndex || line[name.endIndex] == ":"
    }

    private static func dropping(_ prefix: Substring, from line: String) -> Substring? {
        line.hasPrefix(prefix) ? line.dropFirst(prefix.count) : nil
    }

    /// `  | ValueError: x` without the bar of an exception group.
    private static func withoutBar(_ line: String) -> Substring? {
        let rest = line.drop { $0 == " " }
        return rest.first == "|" ? rest.dropFirst().first == " " ? rest.dropFirst(2) : rest.dropFirst() : nil
    }

    private static func trimmed(_ line: some StringProtocol) -> String {
        let begin = line.drop(while: \.isWhitespace)
        return String(begin.reversed().drop(while: \.isWhitespace).reversed())
    }

    /// A database takes no NUL, and a terminal no escapes: colours go as a whole.
    private static func plain(_ line: Substring) -> String {
        var text = String.UnicodeScalarView()
        var isEscape = false
        for scalar in line.replacing("\u{1b}[", with: "\u{1b}").unicodeScalars {
            if scalar == "\u{1b}" {
                isEscape = true
            } else if isEscape {
                if scalar.properties.isAlphabetic { isEscape = false }
            } else if scalar == "\t" {
                text.append(" ")
            } else if scalar.properties.generalCategory != .control {
                text.append(scalar)
            }
        }
        return String(text)
    }
}
