import Foundation
import NIOCore
import NIOPosix
import SystemPackage

/// A file that takes its name only when it is whole: until then it lies beside its place under another name.
struct PendingFile: Sendable {
    let destination: String
    private let path: String
    private let descriptor: SystemPackage.FileDescriptor

    /// Throws `ClientError` with code `file` when the folder is not there or not writable.
    init(destination: String) throws {
        let place = FilePath(destination)
        let name = ".\(place.lastComponent?.string ?? "download").\(RandomName.text(length: 8)).part"
        let path = place.removingLastComponent().appending(name)
        do {
            descriptor = try SystemPackage.FileDescriptor.open(
                path, .writeOnly, options: [.create, .exclusiveCreate],
                permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
        } catch {
            throw ClientError(.file, "\(destination) cannot be written: \(error)", underlying: error)
        }
        self.destination = destination
        self.path = path.string
    }

    func write(_ chunk: ByteBuffer, at offset: Int64) async throws {
        try await blocking { [descriptor] in
            try chunk.withUnsafeReadableBytes { _ = try descriptor.writeAll(toAbsoluteOffset: offset, $0) }
        }
    }

    /// Takes back all that was written.
    func empty() async throws {
        try await blocking { [descriptor] in try descriptor.resize(to: 0) }
    }

    /// Puts the file, whole and on disk, into its place; a file that was there before is replaced.
    func finish() async throws {
        try await blocking { [self] in
            guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
            guard rename(path, destination) == 0 else { throw Errno(rawValue: errno) }
            try descriptor.close()
        }
    }

    /// Removes what there is; for the way out after an error.
    func discard() {
        try? descriptor.close()
        unlink(path)
    }

    private func blocking(_ body: @escaping @Sendable () throws -> Void) async throws {
        do {
            try await NIOThreadPool.singleton.runIfActive(body)
        } catch {
            throw ClientError(.file, "\(destination) cannot be written: \(error)", underlying: error)
        }
    }
}
