/// Output of squeue and sacct with Slipway's arguments, U+001F written as `¦`: sections `== NAME.COMMAND`.
enum Captured {
    /// The lines of a section as the command printed them.
    static func output(_ section: String) -> String? {
        for text in [recorded, written] {
            var lines: [Substring]?
            for line in text.split(separator: "\n") {
                if line.hasPrefix("== ") {
                    if lines != nil { break }
                    if line.dropFirst(3) == section { lines = [] }
                } else {
                    lines?.append(line)
                }
            }
            if let lines { return lines.map { $0.replacing("¦", with: "\u{1f}") + "\n" }.joined() }
        }
        return nil
    }
}
