import NIOCore

extension MultipartParser {
    /// Where in the body the parser stands.
    enum Phase: Sendable {
        /// Before the first delimiter, skipping.
        case preamble(atLineStart: Bool)
        /// After a delimiter's boundary; whether a part ends with it, whether padding was read already.
        case delimiterLine(endsPart: Bool, isPadded: Bool)
        case headers
        case body(atLineStart: Bool)
        /// The final boundary was read and a part's end told; the body's end is to be told.
        case closing
        /// After the final boundary, on its line.
        case finalLine
        case epilogue
    }

    /// What one step of the machine comes to.
    enum Step {
        case event(MultipartEvent)
        case again
        case needsMore
    }

    mutating func step() throws(MultipartError) -> Step {
        switch phase {
        case .preamble(let atLineStart): return skipPreamble(atLineStart: atLineStart)
        case .delimiterLine(let endsPart, let isPadded):
            return try readDelimiterLine(endsPart: endsPart, isPadded: isPadded)
        case .headers: return try readHeaderLine()
        case .body(let atLineStart): return try readBody(atLineStart: atLineStart)
        case .closing:
            phase = .finalLine
            return .event(.finished)
        case .finalLine: return try readFinalLine()
        case .epilogue:
            pending.moveReaderIndex(forwardBy: pending.readableBytes)
            return .needsMore
        }
    }
}
