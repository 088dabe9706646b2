import Glibc

/// Writes members below one folder, component by component, without ever following a link.
final class Unpacker {
    private let root: FileHandle
    private let rootPath: String
    private var file: FileHandle?
    private var filePath = ""
    /// The folders that were made or written into, by their components joined with slashes.
    private var folders: Set<String> = []

    init(folder: String) throws(ArchiveError) {
        if mkdir(folder, 0o755) != 0, errno != EEXIST { throw .system("mkdir", path: folder) }
        root = try FileHandle.open(folder, flags: O_RDONLY | O_DIRECTORY)
        rootPath = folder
    }

    /// Makes a member's folders, and the file itself.
    func begin(_ components: [String], _ kind: ArchiveMember.Kind) throws(ArchiveError) {
        let path = components.joined(separator: "/")
        switch kind {
        case .folder:
            _ = try openFolder(components[...])
        case .file:
            let folder = try openFolder(components.dropLast())
            let name = components[components.count - 1]
            guard let opened = folder.openBelow(name, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o644) else {
                guard errno == EEXIST else { throw .system("open", path: path) }
                throw ArchiveError(
                    code: .alreadyExists, path: path,
                    message: "\"\(path)\" exists in \(rootPath) already; unpack into an empty folder.",
                    underlying: SystemCallError(call: "open", errno: EEXIST))
            }
            file = consume opened
            filePath = path
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
        try file?.writeAll(bytes, path: filePath)
    }

    /// Sets the mode of the file that was begun last and brings it to disk.
    func end(_ member: ArchiveMember) throws(ArchiveError) {
        guard let file = file.take() else { return }
        guard fchmod(file.descriptor, member.isExecutable ? 0o755 : 0o644) == 0 else {
            throw .system("fchmod", path: member.path)
        }
        try file.synchronize(member.path)
    }

    /// Brings the entries of all folders to disk.
    func synchronizeFolders() throws(ArchiveError) {
        for path in folders.sorted() {
            try openFolder(path.split(separator: "/").map(String.init)[...]).synchronize(path)
        }
        try root.synchronize(rootPath)
        let parent = try FileHandle.open(rootPath + "/..", flags: O_RDONLY | O_DIRECTORY)
        try parent.synchronize(rootPath + "/..")
    }

    /// Opens a folder below the root, making what is missing of it.
    private func openFolder(_ components: ArraySlice<String>) throws(ArchiveError) -> FileHandle {
        var folder = try root.duplicate()
        var path = ""
        for component in components {
            path += path.isEmpty ? component : "/" + component
            let isNew = mkdirat(folder.descriptor, component, 0o755) == 0
            if !isNew, errno != EEXIST { throw .system("mkdir", path: path) }
            guard let next = folder.openBelow(component, flags: O_RDONLY | O_DIRECTORY) else {
                guard errno == ENOTDIR || errno == ELOOP else { throw .system("open", path: path) }
                throw ArchiveError(
                    code: .alreadyExists, path: path,
                    message: "\"\(path)\" in \(rootPath) is no folder; unpack into an empty folder.",
                    underlying: SystemCallError(call: "open", errno: errno))
            }
            if isNew, fchmod(next.descriptor, 0o755) != 0 { throw .system("fchmod", path: path) }
            folders.insert(path)
            folder = consume next
        }
        return folder
    }
}
