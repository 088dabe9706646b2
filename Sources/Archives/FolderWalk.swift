import Glibc

/// The files and folders below a folder, sorted, so that the same folder always gives the same list.
struct FolderWalk {
    private let rules: PackingRules
    private var members: [ArchiveMember] = []
    private var bytes: Int64 = 0

    private init(rules: PackingRules) {
        self.rules = rules
    }

    /// Lists a folder and what is below it, a folder before its content, names in the order of their bytes.
    ///
    /// - Throws: `tooManyMembers` or `archiveTooLarge`; `link`, `specialFile` or `invalidPath` for what an archive must
    ///   not hold, where the rules refuse it; `system`.
    static func members(
        below root: borrowing FileHandle, rules: PackingRules
    ) throws(ArchiveError) -> [ArchiveMember] {
        var walk = FolderWalk(rules: rules)
        try walk.visit(root, [])
        return walk.members
    }

    private mutating func visit(_ folder: borrowing FileHandle, _ prefix: [String]) throws(ArchiveError) {
        for raw in try names(in: folder, prefix.joined(separator: "/")) {
            guard let components = try components(of: raw, below: prefix) else { continue }
            let name = components[components.count - 1]
            let path = components.joined(separator: "/")
            var status = stat()
            guard fstatat(folder.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                throw .system("fstatat", path: path)
            }
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                try add(
                    ArchiveMember(
                        path: path, kind: .file, size: Int64(status.st_size), modified: 0,
                        isExecutable: status.st_mode & 0o100 != 0))
            case S_IFDIR:
                try add(ArchiveMember(path: path, kind: .folder, size: 0, modified: 0, isExecutable: false))
                guard let child = folder.openBelow(name, flags: O_RDONLY | O_DIRECTORY) else {
                    throw .system("open", path: path)
                }
                try visit(child, components)
            case _ where rules.skipsStrangers: continue
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

    private mutating func add(_ member: ArchiveMember) throws(ArchiveError) {
        guard members.count < rules.maximumMembers else { throw tooMany }
        let (sum, overflow) = bytes.addingReportingOverflow(member.size)
        guard !overflow, sum <= rules.maximumTotalBytes else {
            throw ArchiveError(
                code: .archiveTooLarge,
                message: "The folder holds more than the \(rules.maximumTotalBytes) bytes allowed.")
        }
        bytes = sum
        members.append(member)
    }

    private var tooMany: ArchiveError {
        ArchiveError(
            code: .tooManyMembers,
            message: "The folder holds more than the \(rules.maximumMembers) files and folders allowed.")
    }

    /// The components of an entry's path; nil where the rules leave the entry out.
    private func components(of name: [UInt8], below prefix: [String]) throws(ArchiveError) -> [String]? {
        if rules.skipsHidden, name.first == UInt8(ascii: ".") { return nil }
        do throws(ArchiveError) {
            guard let text = String(validating: name, as: UTF8.self) else {
                let shown = String(decoding: name, as: UTF8.self)
                throw ArchiveError(
                    code: .invalidPath, path: shown, message: "The file name \"\(shown)\" is not UTF-8.")
            }
            guard prefix.count < rules.maximumDepth else {
                throw ArchiveError(
                    code: .invalidPath, path: text,
                    message: "\"\(text)\" lies more than the \(rules.maximumDepth) folders deep that are allowed.")
            }
            return try MemberPath.components(of: Array((prefix + [text]).joined(separator: "/").utf8))
        } catch {
            guard rules.skipsStrangers else { throw error }
            return nil
        }
    }

    /// The names in a folder as they are stored, in the order of their bytes.
    private func names(in folder: borrowing FileHandle, _ path: String) throws(ArchiveError) -> [[UInt8]] {
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
            if name == Array(".".utf8) || name == Array("..".utf8) { continue }
            // No folder may take more memory than an archive's list of members may.
            guard names.count < rules.maximumMembers else { throw tooMany }
            names.append(name)
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
