/// What a Range header asks of a file: RFC 9110 section 14. One range is served; several are answered with the whole.
enum ByteRange: Equatable {
    case whole
    case part(Range<Int64>)
    case unsatisfiable

    init(_ header: String?, of size: Int64) {
        self = Self.read(header, size) ?? .whole
    }

    /// Nil for a header that has to be ignored.
    private static func read(_ header: String?, _ size: Int64) -> ByteRange? {
        guard let header else { return nil }
        let halves = header.split(separator: "=", maxSplits: 1)
        guard halves.count == 2, halves[0].lowercased() == "bytes" else { return nil }
        let text = halves[1].filter { $0 != " " && $0 != "\t" }
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2, !text.contains(",") else { return nil }
        if ends[0].isEmpty {
            guard let length = position(ends[1]) else { return nil }
            return length == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - length)..<size)
        }
        guard let first = position(ends[0]) else { return nil }
        if ends[1].isEmpty { return first < size ? .part(first..<size) : .unsatisfiable }
        guard let last = position(ends[1]), last >= first else { return nil }
        return first < size ? .part(first..<min(last, size - 1) + 1) : .unsatisfiable
    }

    /// A run of digits; one that is too long to count is past any file's end.
    private static func position(_ digits: Substring) -> Int64? {
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(digits) ?? .max
    }
}
