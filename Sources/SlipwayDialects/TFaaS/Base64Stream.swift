import Foundation
import NIOCore

/// Base64 (RFC 4648) that comes in pieces, with line feeds anywhere.
struct Base64Stream {
    /// Characters that are no whole group of four yet.
    private var held: [UInt8] = []
    private var isOver = false

    /// - Returns: What the characters so far decode to, without what was returned before; nil where they are no base64.
    mutating func decode(_ piece: ByteBuffer) -> ByteBuffer? {
        held += piece.readableBytesView.lazy.filter { !Self.isSpace($0) }
        let whole = held.count / 4 * 4
        guard whole > 0 else { return ByteBuffer() }
        // Nothing comes behind the padding, which is one or two characters.
        let padding = UInt8(ascii: "=")
        let end = held[..<whole].firstIndex(of: padding) ?? whole
        guard !isOver, end >= whole - 2, held[end..<whole].allSatisfy({ $0 == padding }),
            let data = Data(base64Encoded: Data(held[..<whole])), data.count == whole / 4 * 3 - (whole - end)
        else { return nil }
        isOver = end < whole
        held.removeFirst(whole)
        return ByteBuffer(bytes: data)
    }

    /// Whether what came is whole.
    var isComplete: Bool { held.isEmpty }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
