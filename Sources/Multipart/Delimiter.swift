import NIOCore

/// The line that separates parts, and the search for it.
struct Delimiter: Sendable {
    /// What a search found.
    enum Match: Equatable {
        /// The delimiter begins after `content` bytes and is `length` bytes long.
        case found(content: Int, length: Int)
        /// The first `content` bytes hold no delimiter; what follows them may be the beginning of one.
        case missing(content: Int)
    }

    /// CR LF, two hyphens, the boundary.
    private let bytes: [UInt8]
    /// How far the search may move on, by the byte under the delimiter's last place.
    private let shifts: [UInt8]

    init(_ boundary: MultipartBoundary) {
        let bytes: [UInt8] = [.carriageReturn, .lineFeed, .hyphen, .hyphen] + Array(boundary.text.utf8)
        // At most 74 bytes, so that every shift fits one.
        var shifts = [UInt8](repeating: UInt8(bytes.count), count: 256)
        for (offset, byte) in bytes.dropLast().enumerated() {
            shifts[Int(byte)] = UInt8(bytes.count - 1 - offset)
        }
        self.bytes = bytes
        self.shifts = shifts
    }

    /// Looks for the delimiter in the readable bytes of a buffer.
    ///
    /// - Parameter atLineStart: Whether the buffer begins a line, so that a delimiter there needs no CR LF before it.
    func search(in buffer: ByteBuffer, atLineStart: Bool) -> Match {
        buffer.withUnsafeReadableBytes { haystack in
            bytes.withUnsafeBytes { needle in
                if atLineStart {
                    let dashed = UnsafeRawBufferPointer(rebasing: needle.dropFirst(2))
                    let length = Self.commonLength(haystack, dashed)
                    if length == dashed.count { return .found(content: 0, length: length) }
                    if length == haystack.count { return .missing(content: 0) }
                }
                let reached = find(needle, in: haystack)
                if reached.isFound { return .found(content: reached.offset, length: needle.count) }
                return .missing(content: haystack.count - Self.heldBack(haystack, needle))
            }
        }
    }

    /// Horspool's search: it looks at one byte in as many as the delimiter is long where the content is random.
    ///
    /// It stays linear on any content: a boundary holds no CR, so a place is compared only where the content has one,
    /// and no byte is compared for two places.
    private func find(
        _ needle: UnsafeRawBufferPointer, in haystack: UnsafeRawBufferPointer
    ) -> (isFound: Bool, offset: Int) {
        shifts.withUnsafeBufferPointer { shifts in
            let last = needle.count - 1
            let final = needle[last]
            var offset = 0
            while offset + last < haystack.count {
                let byte = haystack[offset + last]
                if byte == final, haystack[offset] == .carriageReturn {
                    let window = UnsafeRawBufferPointer(rebasing: haystack[offset...(offset + last)])
                    if Self.commonLength(window, needle) == needle.count { return (true, offset) }
                }
                offset += Int(shifts[Int(byte)])
            }
            return (false, haystack.count)
        }
    }

    /// How many bytes at the end of the haystack are the beginning of the needle.
    private static func heldBack(_ haystack: UnsafeRawBufferPointer, _ needle: UnsafeRawBufferPointer) -> Int {
        let tail = haystack.suffix(needle.count - 1)
        // A boundary holds no CR, so the last CR is the only place where a delimiter can have begun.
        guard let begin = tail.lastIndex(of: .carriageReturn) else { return 0 }
        let rest = UnsafeRawBufferPointer(rebasing: tail[begin...])
        return commonLength(rest, needle) == rest.count ? rest.count : 0
    }

    private static func commonLength(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        let count = min(left.count, right.count)
        var length = 0
        while length < count, left[length] == right[length] { length += 1 }
        return length
    }
}
