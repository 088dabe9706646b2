import Foundation

/// What changes in a folder when files in it are replaced: two that are equal had the same files between them.
struct FolderMoment: Equatable {
    /// Changes with every name that comes, goes, or is given to another file.
    private let folder: FileMark
    /// Nil for each that is no regular file.
    private let files: [FileMark?]

    /// - Parameter names: The files whose content counts.
    /// - Returns: nil for a folder that cannot be looked at.
    init?(of folder: borrowing OpenFolder, files names: [String]) {
        var status = stat()
        guard fstat(folder.descriptor, &status) == 0 else { return nil }
        self.folder = FileMark(status)
        var files: [FileMark?] = []
        for name in names {
            let isFile =
                fstatat(folder.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
                && status.st_mode & S_IFMT == S_IFREG
            files.append(isFile ? FileMark(status) : nil)
        }
        self.files = files
    }

    /// Whether any of the files is there.
    var hasFile: Bool { files.contains { $0 != nil } }
}
