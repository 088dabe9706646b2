import Foundation
import NIOCore
import NIOPosix
import SystemPackage

/// A file that is open for reading and can be read any number of times, from several places at once.
package final class UploadFile: Sendable {
    /// The last component of the path.
    package let name: String
    /// Size when it was opened; no more than this is sent.
    package let size: Int64
    private let path: String
    private let descriptor: SystemPackage.FileDescriptor

    /// Throws `ClientError` with code `file` when there is no regular, readable file.
    package init(path: String) throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw ClientError(.file, "\(path) is a folder; give the files in it by name")
        }
        do {
            descriptor = try SystemPackage.FileDescriptor.open(FilePath(path), .readOnly)
        } catch {
            throw ClientError(.file, "\(path) cannot be read: \(error)", underlying: error)
        }
        do {
            size = try descriptor.seek(offset: 0, from: .end)
        } catch {
            try? descriptor.close()
            throw ClientError(.file, "\(path) is not a regular file: its size is not known", underlying: error)
        }
        self.path = path
        name = FilePath(path).lastComponent?.string ?? path
    }

    deinit {
        try? descriptor.close()
    }

    /// Reads up to `count` bytes from `offset`, off the cooperative threads.
    ///
    /// Throws `ClientError` with code `file` when the file has become shorter than it was.
    func read(at offset: Int64, count: Int) async throws -> ByteBuffer {
        try await NIOThreadPool.singleton.runIfActive { [self] in
            var buffer = ByteBuffer()
            do {
                try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { space in
                    try descriptor.read(fromAbsoluteOffset: offset, into: .init(rebasing: space.prefix(count)))
                }
            } catch {
                throw ClientError(.file, "\(path) cannot be read: \(error)", underlying: error)
            }
            guard buffer.readableBytes > 0 else {
                throw ClientError(.file, "\(path) became shorter while it was being sent; send it once it is at rest")
            }
            return buffer
        }
    }
}
