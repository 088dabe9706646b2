import Hummingbird
import NIOCore
package import SlipwayServices

/// Sends files in pieces, so that memory stays flat whatever a file's size.
package enum FileReading {
    private static let pieceBytes = 256 * 1024

    /// Writes a range of a file.
    ///
    /// - Throws: `Problem` where the file ends before the range does: the length was promised already.
    @concurrent static func copy(_ stored: StoredFile, range: Range<Int64>, to writer: inout any ResponseBodyWriter)
        async throws
    {
        let file = stored.content
        var offset = range.lowerBound
        while offset < range.upperBound {
            let count = Int(min(Int64(pieceBytes), range.upperBound - offset))
            let piece = try await file.read(at: offset, count: count)
            guard piece.readableBytes > 0 else {
                throw Problem(.internalServerError, "The file became shorter while it was sent.")
            }
            offset += Int64(piece.readableBytes)
            try await writer.write(piece)
        }
    }

    /// Writes what a file holds from an offset on.
    ///
    /// - Returns: The offset of its end.
    @concurrent static func copy(_ stored: StoredFile, from start: Int64, to writer: inout any ResponseBodyWriter)
        async throws -> Int64
    {
        let file = stored.content
        var offset = start
        while true {
            let piece = try await file.read(at: offset, count: pieceBytes)
            guard piece.readableBytes > 0 else { return offset }
            offset += Int64(piece.readableBytes)
            try await writer.write(piece)
        }
    }

    /// The last lines of a file, as text: at most `bytes` of it.
    package static func tail(of stored: StoredFile, bytes: Int) async throws -> String {
        let file = stored.content
        let start = max(0, stored.bytes - Int64(bytes))
        let text = String(buffer: try await file.read(at: start, count: bytes))
        guard start > 0, let cut = text.firstIndex(of: "\n") else { return text }
        return String(text[text.index(after: cut)...])
    }
}
