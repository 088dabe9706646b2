import CZlib
import HTTPTypes
import NIOCore

/// Decompresses a whole body.
struct Inflater {
    let coding: ContentCoding
    /// Bytes that the decompressed body may have.
    let limit: Int

    private static let chunk = 256 << 10

    /// - Throws: `Problem` with status 413 as soon as the limit is passed, 400 for bytes that are cut off, broken, or
    ///   followed by others.
    func inflate(_ body: ByteBuffer) throws -> ByteBuffer {
        var stream = z_stream()
        guard inflateInit2_(&stream, windowBits(of: body), zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw Problem.fault }
        defer { inflateEnd(&stream) }
        var output = ByteBuffer()
        try body.withUnsafeReadableBytes { input in
            stream.next_in = UnsafeMutableRawPointer(mutating: input.baseAddress)?
                .assumingMemoryBound(to: UInt8.self)
            // The limit on a request's bytes, checked before this, is far below what 32 bits count.
            stream.avail_in = UInt32(input.count)
            try run(&stream, into: &output)
        }
        return output
    }

    private func run(_ stream: inout z_stream, into output: inout ByteBuffer) throws {
        while true {
            // One byte more than the limit tells a body that is just as long as allowed from one that is longer.
            let room = min(Self.chunk, limit + 1 - output.readableBytes)
            var status = Z_OK
            output.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { bytes in
                stream.next_out = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.avail_out = UInt32(room)
                status = CZlib.inflate(&stream, Z_NO_FLUSH)
                return room - Int(stream.avail_out)
            }
            guard output.readableBytes <= limit else {
                throw Problem(
                    .contentTooLarge, "The body is longer than the \(limit) bytes that this route takes, decompressed.")
            }
            switch status {
            case Z_OK: continue
            case Z_STREAM_END where stream.avail_in == 0: return
            // A gzip file may have several members, one after another (RFC 1952 section 2.2).
            case Z_STREAM_END where coding == .gzip: inflateReset(&stream)
            case Z_STREAM_END: throw broken("bytes follow the end of the compressed data")
            case Z_BUF_ERROR: throw broken("the compressed data is cut off")
            default: throw broken(stream.msg.map { String(cString: $0) } ?? "the compressed data is broken")
            }
        }
    }

    /// Some writers leave out zlib's two bytes of header (RFC 1950 section 2.2) from what they call deflate.
    private func windowBits(of body: ByteBuffer) -> Int32 {
        guard coding == .deflate, let head = body.getInteger(at: body.readerIndex, as: UInt16.self) else {
            return coding.windowBits
        }
        let isZlib = head >> 8 & 0x0F == 8 && head.isMultiple(of: 31)
        return isZlib ? MAX_WBITS : -MAX_WBITS
    }

    private func broken(_ message: String) -> Problem {
        Problem(.badRequest, "The body is not \(coding.rawValue), as its Content-Encoding says: \(message).")
    }
}
