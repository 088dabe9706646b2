import Glibc

/// Writes tar.gz archives that depend on names and content alone: the same folder gives the same bytes anywhere.
///
/// Members are sorted; times are 0, owners root, modes 0644 or 0755; files are stored under paths relative to the
/// folder, which itself is not a member. The function blocks for as long as the disk and the deflating take: run it
/// on an executor of its own, not on the cooperative pool.
package enum ArchiveWriter {
    /// Packs all files and folders below a folder.
    ///
    /// The archive is written beside its place under another name, synchronized to disk, and renamed: under `path`
    /// there is the whole archive or what was there before.
    ///
    /// - Parameter compressionLevel: Gzip's, 1 (fast) to 9 (small).
    /// - Throws: `ArchiveError`: `link`, `specialFile`, `invalidPath`, `changedWhileReading` or `system`.
    package static func write(
        folder: String, to path: String, compressionLevel: Int = 6
    ) throws(ArchiveError) -> WrittenArchive {
        try write(
            below: try FileHandle.open(folder, flags: O_RDONLY | O_DIRECTORY), to: path,
            rules: PackingRules(compressionLevel: compressionLevel))
    }

    /// Packs what is below a folder that is open, whatever its path leads to meanwhile; no link is followed.
    ///
    /// - Parameter folder: The folder's descriptor, which stays the caller's.
    /// - Throws: `ArchiveError`: `tooManyMembers` or `archiveTooLarge` by the rules; `changedWhileReading`; `link`,
    ///   `specialFile` or `invalidPath` where the rules refuse them; `system`.
    package static func write(
        openFolder folder: Int32, to path: String, rules: PackingRules
    ) throws(ArchiveError) -> WrittenArchive {
        let copy = fcntl(folder, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw .system("fcntl", path: nil) }
        return try write(below: FileHandle(descriptor: copy), to: path, rules: rules)
    }

    private static func write(
        below root: borrowing FileHandle, to path: String, rules: PackingRules
    ) throws(ArchiveError) -> WrittenArchive {
        let members = try FolderWalk.members(below: root, rules: rules)
        let partial = "\(path).partial-\(UInt64.random(in: .min ... .max))"
        let file = try FileHandle.open(partial, flags: O_RDWR | O_CREAT | O_EXCL, mode: 0o644)
        do throws(ArchiveError) {
            let bytes = try withUTF8Locale { () throws(ArchiveError) in
                let packer = try TarPacker(file: file, path: partial, rules: rules)
                for member in members { try packer.add(member, below: root) }
                return try packer.finish()
            }
            try file.synchronize(partial)
            guard rename(partial, path) == 0 else { throw .system("rename", path: path) }
            try synchronizeParent(of: path)
            return WrittenArchive(members: members, archiveBytes: bytes)
        } catch {
            unlink(partial)
            throw error
        }
    }

    private static func synchronizeParent(of path: String) throws(ArchiveError) {
        let parent = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        try FileHandle.open(parent, flags: O_RDONLY | O_DIRECTORY).synchronize(parent)
    }
}
