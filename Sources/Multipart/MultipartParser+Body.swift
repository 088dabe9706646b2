import NIOCore

extension MultipartParser {
    mutating func skipPreamble(atLineStart: Bool) -> Step {
        switch delimiter.search(in: pending, atLineStart: atLineStart) {
        case .found(let content, let length):
            pending.moveReaderIndex(forwardBy: content + length)
            beginDelimiterLine(endsPart: false)
            return .again
        case .missing(let content):
            pending.moveReaderIndex(forwardBy: content)
            if content > 0 { phase = .preamble(atLineStart: false) }
            return .needsMore
        }
    }

    mutating func readBody(atLineStart: Bool) throws(MultipartError) -> Step {
        switch delimiter.search(in: pending, atLineStart: atLineStart) {
        case .found(0, let length):
            pending.moveReaderIndex(forwardBy: length)
            beginDelimiterLine(endsPart: true)
            return .again
        case .found(let content, _), .missing(let content):
            guard content > 0, let slice = takeSlice(content) else { return .needsMore }
            partBytes += Int64(content)
            try checkPartSize()
            phase = .body(atLineStart: false)
            return .event(.body(slice))
        }
    }

    private mutating func beginDelimiterLine(endsPart: Bool) {
        headerBytes = 0
        phase = .delimiterLine(endsPart: endsPart, isPadded: false)
    }

    /// Reads what follows a boundary: `--` of the final one, or blanks (transport padding) and a line end.
    mutating func readDelimiterLine(endsPart: Bool, isPadded: Bool) throws(MultipartError) -> Step {
        guard let first = peek(0) else { return .needsMore }
        if first.isBlank {
            pending.moveReaderIndex(forwardBy: 1)
            phase = .delimiterLine(endsPart: endsPart, isPadded: true)
            try countHeaderBytes(1)
            return .again
        }
        let isFinal = first == .hyphen && !isPadded
        guard isFinal || first == .carriageReturn else { throw malformedDelimiter(first) }
        guard let second = peek(1) else { return .needsMore }
        guard second == (isFinal ? .hyphen : .lineFeed) else { throw malformedDelimiter(second) }
        pending.moveReaderIndex(forwardBy: 2)
        if isFinal {
            phase = .closing
        } else {
            guard partCount < limits.maximumParts else {
                throw MultipartError(
                    code: .tooManyParts, message: "The body has more than the \(limits.maximumParts) parts allowed.",
                    limit: Int64(limits.maximumParts))
            }
            partCount += 1
            headers = []
            phase = .headers
        }
        return endsPart ? .event(.partEnded) : .again
    }

    /// Reads the rest of the final boundary's line, so that a longer boundary is not taken for the final one.
    mutating func readFinalLine() throws(MultipartError) -> Step {
        while let first = peek(0) {
            if first.isBlank {
                pending.moveReaderIndex(forwardBy: 1)
                continue
            }
            guard first == .carriageReturn else { throw malformedDelimiter(first) }
            guard let second = peek(1) else { return .needsMore }
            guard second == .lineFeed else { throw malformedDelimiter(second) }
            phase = .epilogue
            return .again
        }
        return .needsMore
    }

    private func checkPartSize() throws(MultipartError) {
        if let limit = limits.maximumPartBytes, partBytes > limit {
            throw MultipartError(
                code: .partTooLarge,
                message: "The part \"\(partName)\" is longer than the \(limit) bytes allowed for one part.",
                part: partName, limit: limit)
        }
        if !partIsFile, let limit = limits.maximumFieldBytes, partBytes > limit {
            throw MultipartError(
                code: .fieldTooLarge,
                message: "The field \"\(partName)\" is longer than the \(limit) bytes allowed for a field; "
                    + "send it as a file, with a file name.",
                part: partName, limit: limit)
        }
    }

    private func malformedDelimiter(_ byte: UInt8) -> MultipartError {
        let reason =
            byte == .lineFeed
            ? "a line feed alone; lines of a multipart body end with CR LF"
            : "the byte \(byte); only blanks and CR LF may follow, and no part may contain its own boundary"
        return MultipartError(
            code: .malformedDelimiter, message: "After the boundary \"--\(boundary.text)\" the body has \(reason).",
            part: partName.isEmpty ? nil : partName)
    }

    private func peek(_ offset: Int) -> UInt8? {
        pending.getInteger(at: pending.readerIndex + offset)
    }
}
