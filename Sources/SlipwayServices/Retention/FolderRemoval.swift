import Foundation
import SlipwayCore

/// Measures and removes what jobs left: names of any bytes, folders without permissions, trees of any depth. Every step
/// is one name within an open folder, so that no link leads out. All calls block.
struct FolderRemoval {
    /// Which entries of the folder itself are meant, with all that is in them.
    typealias Choice = (_ name: [UInt8], _ isFolder: Bool) -> Bool

    private let path: String
    private let top: Int32
    private let device: dev_t
    private let isWanted: Choice
    private let stop: StopSign?
    /// Bytes of the regular files that were removed.
    private var bytes: Int64 = 0
    /// The first thing that could not be removed.
    private var fault: SlipwayError?

    /// Folders that are open at a time.
    private static let deepest = 64

    /// Bytes of the regular files that are meant, as far as they can be seen; nothing is changed. Folders below the
    /// 64th level are not looked into.
    static func measure(_ path: String, where isWanted: Choice = { _, _ in true }) -> Int64 {
        let top = open(path, FolderEntries.flags)
        guard top >= 0 else { return 0 }
        defer { close(top) }
        func measure(_ folder: Int32, depth: Int) -> Int64 {
            var total: Int64 = 0
            FolderEntries.forEach(in: folder) { name, status in
                guard depth > 0 || isWanted(name, status.isFolder) else { return }
                if status.isRegularFile { total += Int64(status.st_size) }
                guard status.isFolder, depth < deepest else { return }
                let child = FolderEntries.withName(name) { openat(folder, $0, FolderEntries.flags) }
                guard child >= 0 else { return }
                total += measure(child, depth: depth + 1)
                close(child)
            }
            return total
        }
        return measure(top, depth: 0)
    }

    /// Removes the entries that are meant, and the folder itself where nothing is left in it, and has that on disk. A
    /// folder that is not there is no fault.
    ///
    /// - Parameter keepsFolder: The folder stays, also where it is empty.
    /// - Returns: Bytes of the regular files that were removed.
    /// - Throws: `SlipwayError` for the first thing that could not be removed, after all others were;
    ///   `CancellationError` where `stop` is raised meanwhile.
    static func remove(
        _ path: String, stop: StopSign? = nil, keepsFolder: Bool = false,
        where isWanted: @escaping Choice = { _, _ in true }
    ) throws -> Int64 {
        let parent = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
        var status = stat()
        guard lstat(path, &status) == 0 else {
            guard errno == ENOENT else { throw DurableFiles.failure("lstat", path) }
            // Without the folder around it nobody knows what is there: a file system may be away.
            try DurableFiles.sync(folder: parent)
            return 0
        }
        unlock(path, in: AT_FDCWD, status)
        let top = open(path, FolderEntries.flags)
        guard top >= 0 else { throw DurableFiles.failure("open", path) }
        defer { close(top) }
        var removal = FolderRemoval(
            path: path, top: top, device: status.st_dev, isWanted: isWanted, stop: stop)
        _ = try removal.empty(top, depth: 0)
        if let fault = removal.fault { throw fault }
        if !keepsFolder, rmdir(path) == 0 {
            try DurableFiles.sync(folder: parent)
        } else {
            guard keepsFolder || errno == ENOTEMPTY || errno == EEXIST else {
                throw DurableFiles.failure("rmdir", path)
            }
            guard fsync(top) == 0 else { throw DurableFiles.failure("fsync", path) }
        }
        return removal.bytes
    }

    private init(path: String, top: Int32, device: dev_t, isWanted: @escaping Choice, stop: StopSign?) {
        self.path = path
        self.top = top
        self.device = device
        self.isWanted = isWanted
        self.stop = stop
    }

    /// Removes what is in an open folder.
    private mutating func empty(_ folder: Int32, depth: Int) throws {
        var left: Set<[UInt8]> = []
        // Where entries go while a folder is read, some file systems skip others: it is read until nothing new is seen.
        var hasMore = true
        while hasMore {
            hasMore = false
            let isRead = try FolderEntries.forEach(in: folder) { name, status in
                // First, for a script may add names as fast as they are read, also such as are not meant.
                if stop?.isRaised == true { throw CancellationError() }
                guard depth > 0 || isWanted(name, status.isFolder), !left.contains(name) else { return }
                if try remove(name, status, from: folder, depth: depth) {
                    hasMore = true
                } else {
                    left.insert(name)
                }
            }
            if !isRead { note("readdir") }
        }
    }

    private mutating func remove(
        _ name: [UInt8], _ status: stat, from folder: Int32, depth: Int
    ) throws -> Bool {
        guard status.isFolder else {
            guard FolderEntries.withName(name, { unlinkat(folder, $0, 0) }) == 0 || errno == ENOENT else {
                note("unlink", name)
                return false
            }
            if status.isRegularFile { bytes += Int64(status.st_size) }
            return true
        }
        guard status.st_dev == device else {
            errno = EXDEV
            note("rmdir", name)
            return false
        }
        FolderEntries.withName(name) { Self.unlock($0, in: folder, status) }
        if depth >= Self.deepest {
            // It comes up to the top, where it is met again: however deep a tree is, few folders are open.
            let place = ".pruned-\(UUID().uuidString)"
            guard FolderEntries.withName(name, { renameat(folder, $0, top, place) }) == 0 else {
                note("rename", name)
                return false
            }
            return true
        }
        let child = FolderEntries.withName(name) { openat(folder, $0, FolderEntries.flags) }
        guard child >= 0 else {
            note("open", name)
            return false
        }
        defer { close(child) }
        try empty(child, depth: depth + 1)
        guard FolderEntries.withName(name, { unlinkat(folder, $0, AT_REMOVEDIR) }) == 0 || errno == ENOENT else {
            note("rmdir", name)
            return false
        }
        return true
    }

    /// Gives a folder's owner the permissions that a script may have taken.
    private static func unlock(_ name: UnsafePointer<CChar>, in folder: Int32, _ status: stat) {
        guard status.isFolder, status.st_mode & S_IRWXU != S_IRWXU else { return }
        // Where it fails, the step that needs it says so.
        _ = fchmodat(folder, name, status.st_mode & 0o777 | S_IRWXU, AT_SYMLINK_NOFOLLOW)
    }

    private mutating func note(_ call: String, _ name: [UInt8] = []) {
        let failure = DurableFiles.failure(call, "\(path) … \(String(decoding: name, as: UTF8.self))")
        if fault == nil { fault = failure }
    }
}
