import Glibc

/// The files and folders below a folder, sorted, so that the same folder always gives the same list.
enum FolderWalk {
    /// Lists a folder and what is below it, a folder before its content, names in the order of their bytes.
    ///
    /// - Throws: `link`, `specialFile` or `invalidPath` for what an archive must not hold; `system`.
    static func members(below root: borrowing FileHandle) throws(ArchiveError) -> [ArchiveMember] {
        var members: [ArchiveMember] = []
        try visit(root, [], &members)
        return members
    }

    private static func visit(
        _ folder: borrowing FileHandle, _ prefix: [String], _ members: inout [ArchiveMember]
    ) throws(ArchiveError) {
        for name in try names(in: folder, prefix.joined(separator: "/")) {
            let components = try MemberPath.components(of: Array((prefix + [name]).joined(separator: "/").utf8))
            let path = components.joined(separator: "/")
            var status = stat()
            guard fstatat(folder.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                throw .system("fstatat", path: path)
            }
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                members.append(
                    ArchiveMember(
                        path: path, kind: .file, size: Int64(status.st_size), modified: 0,
                        isExecutable: status.st_mode & 0o100 != 0))
            case S_IFDIR:
                members.append(ArchiveMember(path: path, kind: .folder, size: 0, modified: 0, isExecutable: false))
                guard let child = folder.openBelow(name, flags: O_RDONLY | O_DIRECTORY) else {
                    throw .system("open", path: path)
                }
                try visit(child, components, &members)
            case S_IFLNK:
                throw ArchiveError(
                    code: .link, path: path,
                    message: "\"\(path)\" is a link; only files and folders can be packed. Put a copy in its place.")
            default:
                throw ArchiveError(
                    code: .specialFile, path: path,
                    message: "\"\(path)\" is a device, pipe or socket; only files and folders can be packed.")
            }
        }
    }

    private static func names(in folder: borrowing FileHandle, _ path: String) throws(ArchiveError) -> [String] {
        // A descriptor of its own: `closedir` closes the one that it reads, and reading moves its position.
        guard let copy = folder.openBelow(".", flags: O_RDONLY | O_DIRECTORY) else { throw .system("open", path: path) }
        guard let stream = fdopendir(copy.release()) else { throw .system("fdopendir", path: path) }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw .system("readdir", path: path) }
                break
            }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != Array(".".utf8) && name != Array("..".utf8) { names.append(name) }
        }
        var texts: [String] = []
        for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            guard let text = String(validating: name, as: UTF8.self) else {
                let shown = String(decoding: name, as: UTF8.self)
                throw ArchiveError(
                    code: .invalidPath, path: shown, message: "The file name \"\(shown)\" is not UTF-8.")
            }
            texts.append(text)
        }
        return texts
    }
}
