import Foundation
import NIOCore
import NIOPosix

/// A file that is open for reading; closed with the last reference. Reads happen on threads that may block.
final class ReadableFile: Sendable {
    private let descriptor: CInt

    private init(descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Opens a regular file; a link in the place of its name is not followed.
    ///
    /// - Throws: `IOError`.
    static func open(_ path: String) async throws -> ReadableFile {
        try await NIOThreadPool.singleton.runIfActive {
            let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
            guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "open") }
            return ReadableFile(descriptor: descriptor)
        }
    }

    /// Up to `count` bytes from an offset on; none at the file's end.
    func read(at offset: Int64, count: Int) async throws -> ByteBuffer {
        try await NIOThreadPool.singleton.runIfActive { [self] in
            var piece = ByteBuffer()
            try piece.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { memory in
                while true {
                    let length = pread(descriptor, memory.baseAddress, count, off_t(offset))
                    if length >= 0 { return length }
                    guard errno == EINTR else { throw IOError(errnoCode: errno, reason: "pread") }
                }
            }
            return piece
        }
    }
}
