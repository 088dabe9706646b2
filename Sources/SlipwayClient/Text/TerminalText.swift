/// Text of others, made safe for a terminal.
package enum TerminalText {
    /// The text with control and format characters, which could move the cursor or turn the reading direction,
    /// replaced.
    package static func plain(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator:
                result.append(scalar == "\n" || scalar == "\t" ? " " : "\u{FFFD}")
            case .format where scalar != "\u{200D}":
                result.append("\u{FFFD}")
            default:
                result.append(scalar)
            }
        }
        return String(result)
    }
}
