import Crypto
import Foundation
import Synchronization

/// The SHA-256 of images, each file read once as long as it stays the same.
final class ImageDigests: Sendable {
    private struct Key: Hashable {
        let path: String
        let inode: UInt64
        let bytes: Int64
        let modifiedAt: Date
    }

    private let digests = Mutex<[Key: String]>([:])

    /// Lower-case hex of the file's SHA-256; blocks while the file is read.
    ///
    /// - Parameter time: When the image was used: a file that was changed later is another image.
    /// - Returns: Nil for a file that cannot be read, or was changed since.
    func digest(of path: String, usedAt time: Date) -> String? {
        guard let key = Self.key(path), key.modifiedAt <= time else { return nil }
        if let digest = digests.withLock({ $0[key] }) { return digest }
        guard let digest = Self.read(path), Self.key(path) == key else { return nil }
        digests.withLock { $0[key] = digest }
        return digest
    }

    private static func key(_ path: String) -> Key? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let modifiedAt = Date(
            timeIntervalSince1970: Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9)
        return Key(path: path, inode: UInt64(status.st_ino), bytes: Int64(status.st_size), modifiedAt: modifiedAt)
    }

    private static func read(_ path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        var hash = SHA256()
        while true {
            do {
                // At the end there is nothing any more.
                guard let bytes = try file.read(upToCount: 1 << 20), !bytes.isEmpty else {
                    return hash.finalize().hex
                }
                hash.update(data: bytes)
            } catch {
                return nil
            }
        }
    }
}
