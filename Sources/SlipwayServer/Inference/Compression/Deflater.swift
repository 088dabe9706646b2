import CZlib
import NIOCore

/// Compresses a whole body, fast rather than small: most of it are floating-point numbers, which hardly shrink.
struct Deflater {
    let coding: ContentCoding

    private static let chunk = 64 << 10

    /// - Throws: `Problem` with status 500 where zlib has no memory.
    func deflate(_ body: ByteBuffer) throws -> ByteBuffer {
        var stream = z_stream()
        let status = deflateInit2_(
            &stream, Z_BEST_SPEED, Z_DEFLATED, coding.windowBits, 8, Z_DEFAULT_STRATEGY, zlibVersion(),
            Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw Problem.fault }
        defer { deflateEnd(&stream) }
        var output = ByteBuffer()
        try body.withUnsafeReadableBytes { input in
            var offset = 0
            var isDone = false
            while !isDone {
                // zlib counts with 32 bits; an answer may be longer.
                let piece = min(input.count - offset, 1 << 30)
                stream.next_in = UnsafeMutableRawPointer(mutating: input.baseAddress).map {
                    ($0 + offset).assumingMemoryBound(to: UInt8.self)
                }
                stream.avail_in = UInt32(piece)
                offset += piece
                isDone = offset == input.count
                try run(&stream, isDone ? Z_FINISH : Z_NO_FLUSH, into: &output)
            }
        }
        return output
    }

    private func run(_ stream: inout z_stream, _ flush: Int32, into output: inout ByteBuffer) throws {
        var status = Z_OK
        repeat {
            output.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.chunk) { bytes in
                stream.next_out = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.avail_out = UInt32(bytes.count)
                status = CZlib.deflate(&stream, flush)
                return bytes.count - Int(stream.avail_out)
            }
            guard status != Z_STREAM_ERROR else { throw Problem.fault }
        } while stream.avail_out == 0
    }
}
