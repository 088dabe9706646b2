import Crypto
import Foundation
import NIOCore
import SlipwayCore
import Synchronization

/// A file being written, with its checksum. Used by one caller at a time; the blocking calls run on threads for that.
final class PartWriter: Sendable {
    private struct State {
        var held: [ByteBuffer] = []
        var heldBytes = 0
        var written: Int64 = 0
        var hash = SHA256()
        var descriptor: Int32 = -1
    }

    private let path: String
    private let upload: String
    private let state = Mutex(State())

    /// - Parameter upload: The upload's folder; each flush makes it young, so that it isn't taken for an abandoned one.
    init(path: String, of upload: String) {
        self.path = path
        self.upload = upload
    }

    deinit { close() }

    /// Keeps bytes for the next flush.
    ///
    /// - Returns: How many are held.
    func hold(_ bytes: ByteBuffer) -> Int {
        state.withLock { state in
            state.held.append(bytes)
            state.heldBytes += bytes.readableBytes
            return state.heldBytes
        }
    }

    /// Writes what is held. Blocks.
    func flush() throws {
        try state.withLock { try flush(&$0) }
    }

    /// Writes what is held and has the file on disk. Blocks.
    ///
    /// - Returns: Size in bytes and SHA-256.
    func finish() throws -> (bytes: Int64, sha256: [UInt8]) {
        try state.withLock { state in
            try flush(&state)
            guard fsync(state.descriptor) == 0 else { throw DurableFiles.failure("fsync", path) }
            _ = Foundation.close(state.descriptor)
            state.descriptor = -1
            return (state.written, Array(state.hash.finalize()))
        }
    }

    func close() {
        state.withLock { state in
            if state.descriptor >= 0 { _ = Foundation.close(state.descriptor) }
            state.descriptor = -1
        }
    }

    private func flush(_ state: inout State) throws {
        if state.descriptor < 0 {
            state.descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o640)
            guard state.descriptor >= 0 else { throw DurableFiles.failure("open", path) }
        }
        for buffer in state.held {
            try buffer.withUnsafeReadableBytes { bytes in
                state.hash.update(bufferPointer: bytes)
                try DurableFiles.writeAll(bytes, to: state.descriptor, path: path)
            }
            state.written += Int64(buffer.readableBytes)
        }
        state.held.removeAll(keepingCapacity: true)
        state.heldBytes = 0
        utimensat(AT_FDCWD, upload, nil, 0)
    }
}
