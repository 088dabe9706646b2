import Foundation

/// What changes in a folder when files in it are replaced: two that are equal had the same files between them.
struct FolderMoment: Equatable {
    private struct Entry: Equatable {
        let inode: UInt64
        let bytes: Int64
        let seconds: Int
        let nanoseconds: Int

        init(_ status: stat) {
            inode = UInt64(status.st_ino)
            bytes = Int64(status.st_size)
            seconds = Int(status.st_mtim.tv_sec)
            nanoseconds = Int(status.st_mtim.tv_nsec)
        }
    }

    /// Changes with every name that comes, goes, or is given to another file.
    private let folder: Entry
    /// Nil for each that is no regular file.
    private let files: [Entry?]

    /// - Parameter names: The files whose content counts.
    /// - Returns: nil for a folder that cannot be looked at.
    init?(of folder: borrowing OpenFolder, files names: [String]) {
        var status = stat()
        guard fstat(folder.descriptor, &status) == 0 else { return nil }
        self.folder = Entry(status)
        var files: [Entry?] = []
        for name in names {
            let isFile =
                fstatat(folder.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
                && status.st_mode & S_IFMT == S_IFREG
            files.append(isFile ? Entry(status) : nil)
        }
        self.files = files
    }

    /// Whether any of the files is there.
    var hasFile: Bool { files.contains { $0 != nil } }
}
