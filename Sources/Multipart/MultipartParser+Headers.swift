import NIOCore

extension MultipartParser {
    /// Reads one line of a part's headers; the empty one begins its content.
    mutating func readHeaderLine() throws(MultipartError) -> Step {
        let view = pending.readableBytesView
        guard let end = view.dropFirst(bytesWithoutLineFeed).firstIndex(of: .lineFeed) else {
            bytesWithoutLineFeed = view.count
            try checkHeaderBytes(headerBytes + view.count)
            return .needsMore
        }
        bytesWithoutLineFeed = 0
        let length = end - view.startIndex + 1
        try countHeaderBytes(length)
        let line = view.prefix(length - 1)
        guard line.last == .carriageReturn else {
            throw MultipartError(
                code: .malformedHeader,
                message: "A header line of part \(partCount) ends with a line feed alone; it must end with CR LF.")
        }
        pending.moveReaderIndex(forwardBy: length)
        if line.count == 1 { return try beginBody() }
        try addHeaderLine(line.dropLast())
        return .again
    }

    private mutating func beginBody() throws(MultipartError) -> Step {
        let head = try MultipartPartHead(headers: headers, ordinal: partCount)
        headers = []
        partName = head.name
        partIsFile = head.filename != nil
        partBytes = 0
        // The line end of the empty line serves the delimiter too where a part has no content at all.
        phase = .body(atLineStart: true)
        return .event(.partBegan(head))
    }

    private mutating func addHeaderLine(_ line: ByteBufferView) throws(MultipartError) {
        if let control = line.first(where: \.isForbiddenControl) {
            throw malformed("holds the control character \(control)", line)
        }
        guard let text = String(validating: line, as: UTF8.self) else {
            throw MultipartError(
                code: .invalidEncoding,
                message: "A header of part \(partCount) is not UTF-8: "
                    + String(decoding: line.prefix(200), as: UTF8.self))
        }
        let bytes = Substring(text).utf8
        if text.utf8.first?.isBlank == true {
            // A folded line goes on with the value of the line before: RFC 5322, section 2.2.3.
            guard let last = headers.popLast() else { throw malformed("begins with a blank", line) }
            headers.append(MultipartHeader(name: last.name, value: last.value + " " + Self.trimmed(bytes)))
            return
        }
        let name = bytes.prefix { $0.isTokenCharacter }
        guard !name.isEmpty, bytes.dropFirst(name.count).first == .colon else {
            throw malformed("is not written `Name: value`", line)
        }
        headers.append(
            MultipartHeader(name: String(Substring(name)), value: Self.trimmed(bytes.dropFirst(name.count + 1))))
    }

    private static func trimmed(_ bytes: Substring.UTF8View) -> String {
        var bytes = bytes.drop { $0.isBlank }
        while let last = bytes.last, last.isBlank { bytes.removeLast() }
        return String(Substring(bytes))
    }

    private func malformed(_ fault: String, _ line: ByteBufferView) -> MultipartError {
        let text = String(decoding: line.prefix(200), as: UTF8.self).debugDescription
        return MultipartError(
            code: .malformedHeader, message: "A header line of part \(partCount) \(fault): \(text)")
    }

    mutating func countHeaderBytes(_ count: Int) throws(MultipartError) {
        headerBytes += count
        try checkHeaderBytes(headerBytes)
    }

    private func checkHeaderBytes(_ count: Int) throws(MultipartError) {
        guard count <= limits.maximumHeaderBytes else {
            throw MultipartError(
                code: .headerTooLong,
                message: "The headers of part \(partCount) are longer than the "
                    + "\(limits.maximumHeaderBytes) bytes allowed.",
                limit: Int64(limits.maximumHeaderBytes))
        }
    }
}
