import Foundation

/// Goes through the elements of DER (X.690) one after the other.
struct DERReader: Sendable {
    /// Tags that a certificate has before its end of validity.
    enum Tag: UInt8, Sendable {
        case integer = 0x02
        case utcTime = 0x17
        case generalizedTime = 0x18
        case sequence = 0x30
        case version = 0xa0
    }

    /// What has not been read.
    private(set) var rest: ArraySlice<UInt8>

    init(_ data: Data) {
        rest = Array(data)[...]
    }

    private init(_ rest: ArraySlice<UInt8>) {
        self.rest = rest
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The content of the next element, if it has this tag and is whole; nothing is read otherwise.
    mutating func next(_ tag: Tag) -> DERReader? {
        guard rest.count >= 2, rest.first == tag.rawValue else { return nil }
        var begin = rest.startIndex + 2
        var count = Int(rest[begin - 1])
        if count >= 0x80 {
            // Four bytes of length are more than any certificate has; none, the indefinite form, is not DER.
            let bytes = count - 0x80
            guard (1...4).contains(bytes), rest.endIndex - begin >= bytes else { return nil }
            count = rest[begin..<begin + bytes].reduce(0) { $0 << 8 | Int($1) }
            begin += bytes
        }
        guard rest.endIndex - begin >= count else { return nil }
        let content = rest[begin..<begin + count]
        rest = rest[(begin + count)...]
        return DERReader(content)
    }

    /// Passes over the next element if it has this tag.
    mutating func skip(_ tag: Tag) { _ = next(tag) }
}
