import Foundation
package import NIOCore

/// A regular file that is open for reading; closed with the last reference.
package final class OpenFile: Sendable {
    let bytes: Int64
    let modifiedAt: Date
    private let descriptor: Int32

    /// A pipe in the place of a file must not make the opening wait for its writer.
    static let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC

    /// Takes a descriptor over.
    ///
    /// - Returns: nil for what is no descriptor, or not a regular file's; it is closed then.
    init?(descriptor: Int32) {
        var status = stat()
        guard descriptor >= 0 else { return nil }
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            _ = close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        self.bytes = Int64(status.st_size)
        self.modifiedAt = Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec))
    }

    deinit { close(descriptor) }

    /// Up to so many bytes from an offset on; none at the file's end.
    ///
    /// - Throws: `IOError`.
    package func read(at offset: Int64, count: Int) async throws -> ByteBuffer {
        try await BlockingIO.run { [self] in
            var piece = ByteBuffer()
            try piece.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { memory in
                try read(into: UnsafeMutableRawBufferPointer(rebasing: memory[..<count]), at: offset)
            }
            return piece
        }
    }

    /// Fills memory from an offset on. Blocks.
    ///
    /// - Returns: How many bytes were read; 0 at the file's end.
    func read(into memory: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Int {
        while true {
            let count = pread(descriptor, memory.baseAddress, memory.count, off_t(offset))
            if count >= 0 { return count }
            guard errno == EINTR else { throw IOError(errnoCode: errno, reason: "pread") }
        }
    }

    /// Up to so many bytes from an offset on, as far as they can be read. Blocks.
    func contents(at offset: Int64 = 0, limit: Int) -> Data {
        var data = Data(count: limit)
        var filled = 0
        data.withUnsafeMutableBytes { memory in
            while filled < limit {
                let rest = UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
                guard let count = try? read(into: rest, at: offset + Int64(filled)), count > 0 else { return }
                filled += count
            }
        }
        return data.prefix(filled)
    }
}
