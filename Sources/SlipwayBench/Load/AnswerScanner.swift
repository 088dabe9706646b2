import NIOCore

/// Finds the end of an answer and its status, and looks at nothing else: a full parser would cost the server's time.
enum AnswerScanner {
    /// Takes a whole answer with a Content-Length from the front of `bytes`.
    ///
    /// - Returns: Its status; nil where more bytes are needed.
    static func take(from bytes: inout ByteBuffer) throws -> Int? {
        let found = try bytes.withUnsafeReadableBytes { raw -> (status: Int, length: Int)? in
            guard let end = offset(of: "\r\n\r\n", in: raw) else { return nil }
            let head = UnsafeRawBufferPointer(rebasing: raw[..<(end + 2)])
            guard head.count > 12, let status = number(in: head, from: 9) else {
                throw BenchError(.answer, "what came is not an HTTP answer")
            }
            if status == 204 { return (status, end + 4) }
            guard let field = offset(of: "\r\ncontent-length:", in: head),
                let length = number(in: head, from: field + 17)
            else { throw BenchError(.answer, "an answer has no Content-Length") }
            return (status, end + 4 + length)
        }
        guard let found, bytes.readableBytes >= found.length else { return nil }
        bytes.moveReaderIndex(forwardBy: found.length)
        return found.status
    }

    /// Where `text`, in lower case, begins; letters of `bytes` match in both cases.
    private static func offset(of text: StaticString, in bytes: UnsafeRawBufferPointer) -> Int? {
        let (pattern, count) = (text.utf8Start, text.utf8CodeUnitCount)
        guard bytes.count >= count else { return nil }
        return (0...(bytes.count - count)).first { start in
            (0..<count).allSatisfy { index in
                let byte = bytes[start + index]
                return byte == pattern[index] || (byte >= 0x41 && byte <= 0x5A && byte | 0x20 == pattern[index])
            }
        }
    }

    /// The number that follows, after spaces.
    private static func number(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        let digits = bytes[start...].drop { $0 == 0x20 }.prefix { (0x30...0x39).contains($0) }
        return digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
