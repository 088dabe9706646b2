import Foundation
import SlipwayCore

/// File operations that are on disk when they return. All block.
enum DurableFiles {
    /// Creates a folder and those above it.
    static func createFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
        } catch {
            throw SlipwayError(.internal, "The folder \(path) cannot be created: \(error.localizedDescription)")
        }
    }

    /// Writes a whole file and has it on disk, under a name of its own until it is complete.
    static func write(_ text: String, to path: String) throws {
        let temporary = path + ".tmp"
        // What lies there is of an earlier try that was broken off; nothing that is there is ever written through.
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard descriptor >= 0 else { throw failure("open", temporary) }
        defer { close(descriptor) }
        var text = text
        try text.withUTF8 { try writeAll(UnsafeRawBufferPointer($0), to: descriptor, path: temporary) }
        guard fsync(descriptor) == 0 else { throw failure("fsync", temporary) }
        try rename(temporary, to: path)
    }

    static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("write", path)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }

    static func rename(_ source: String, to destination: String) throws {
        guard Foundation.rename(source, destination) == 0 else { throw failure("rename", source) }
    }

    /// Has a folder's entries on disk.
    static func sync(folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("fsync", folder) }
    }

    /// Removes a file or a folder with all that is in it; what is not there is no fault.
    static func remove(_ path: String) {
        // What cannot be removed now is found again by the janitor.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The error for the system call that failed last.
    static func failure(_ call: String, _ path: String) -> SlipwayError {
        let code = errno
        let words = String(cString: strerror(code))
        return code == ENOSPC || code == EDQUOT
            ? SlipwayError(.unavailable, "The server's file system is full; try again later.")
            : SlipwayError(.internal, "\(call) \(path): \(words)")
    }
}
