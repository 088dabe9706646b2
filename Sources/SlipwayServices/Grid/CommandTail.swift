/// The end of what a program prints, for a log: of any amount of output it keeps little, of keys and certificates
/// nothing.
struct CommandTail: Sendable {
    private var line: [UInt8] = []
    private var lines: [String] = []
    /// Label of the PEM block that is being passed over.
    private var block: String?

    private static let lineLimit = 300
    private static let lineCount = 20

    /// Takes more of the output.
    mutating func append(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                endLine()
            } else if line.count < Self.lineLimit {
                line.append(byte)
            }
        }
    }

    /// The last lines that say anything, oldest first.
    mutating func finish() -> [String] {
        endLine()
        return lines
    }

    private mutating func endLine() {
        defer { line.removeAll(keepingCapacity: true) }
        let scalars = String(decoding: line, as: UTF8.self).unicodeScalars.map {
            $0.properties.generalCategory == .control ? " " : $0
        }
        let text = String(String.UnicodeScalarView(scalars)).split(separator: " ").joined(separator: " ")
        guard !text.isEmpty else { return }
        if let opened = block {
            if text.contains("-----END \(opened)-----") { block = nil }
            return
        }
        if let begin = text.firstRange(of: "-----BEGIN ") {
            let rest = text[begin.upperBound...]
            block = String(rest.firstRange(of: "-----").map { rest[..<$0.lowerBound] } ?? rest)
            return
        }
        lines.append(text)
        if lines.count > Self.lineCount { lines.removeFirst() }
    }
}
