import CArchive
import Glibc

/// Writes members into a tar.gz file through libarchive.
final class TarPacker {
    private let archive: OpaquePointer
    private let path: String
    private let file: FileHandle
    /// What each member's path begins with.
    private let prefix: String
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)

    init(file: borrowing FileHandle, path: String, rules: PackingRules) throws(ArchiveError) {
        self.file = try file.duplicate()
        prefix = rules.prefix
        guard let archive = archive_write_new() else {
            throw ArchiveError(code: .system, path: path, message: "libarchive could not be started: no memory.")
        }
        self.archive = archive
        self.path = path
        // Plain ustar wherever a name and size fit it, so that any tar reads it.
        archive_write_set_format_pax_restricted(archive)
        archive_write_add_filter_gzip(archive)
        // Without the time of writing in gzip's header.
        try check(archive_write_set_filter_option(archive, "gzip", "timestamp", nil))
        try check(
            archive_write_set_filter_option(
                archive, "gzip", "compression-level", String(min(max(rules.compressionLevel, 1), 9))))
        archive_write_set_bytes_in_last_block(archive, 1)
        try check(archive_write_open_fd(archive, self.file.descriptor))
    }

    deinit {
        archive_write_free(archive)
        buffer.deallocate()
    }

    /// Writes one member, its content taken from below the folder.
    func add(_ member: ArchiveMember, below root: borrowing FileHandle) throws(ArchiveError) {
        guard let entry = archive_entry_new() else {
            throw ArchiveError(code: .system, path: path, message: "libarchive has no memory for an entry.")
        }
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname(entry, prefix + member.path + (member.kind == .folder ? "/" : ""))
        archive_entry_set_filetype(entry, UInt32(member.kind == .folder ? FileType.folder : FileType.regular))
        archive_entry_set_perm(entry, member.kind == .folder || member.isExecutable ? 0o755 : 0o644)
        archive_entry_set_size(entry, member.size)
        archive_entry_set_mtime(entry, 0, 0)
        archive_entry_set_uid(entry, 0)
        archive_entry_set_gid(entry, 0)
        try check(archive_write_header(archive, entry))
        if member.kind == .file { try copyContent(of: member, below: root) }
        try check(archive_write_finish_entry(archive))
    }

    /// Ends the archive.
    ///
    /// - Returns: The bytes written.
    func finish() throws(ArchiveError) -> Int64 {
        try check(archive_write_close(archive))
        return archive_filter_bytes(archive, -1)
    }

    private func copyContent(of member: ArchiveMember, below root: borrowing FileHandle) throws(ArchiveError) {
        let input = try openFile(member.path, below: root)
        var copied: Int64 = 0
        while true {
            let count = try input.read(into: buffer, path: member.path)
            copied += Int64(count)
            guard copied <= member.size, count > 0 || copied == member.size else {
                throw ArchiveError(
                    code: .changedWhileReading, path: member.path,
                    message: "\"\(member.path)\" had \(member.size) bytes and changed while it was being packed; "
                        + "pack when nothing writes into the folder.")
            }
            if count == 0 { return }
            let written = archive_write_data(archive, buffer.baseAddress, count)
            guard written == count else { throw fault() }
        }
    }

    private func openFile(_ path: String, below root: borrowing FileHandle) throws(ArchiveError) -> FileHandle {
        var current = try root.duplicate()
        let components = path.split(separator: "/").map(String.init)
        for component in components.dropLast() {
            guard let next = current.openBelow(component, flags: O_RDONLY | O_DIRECTORY) else {
                throw .system("open", path: path)
            }
            current = consume next
        }
        // Not waiting, in case a pipe has taken the file's place.
        guard let file = current.openBelow(components[components.count - 1], flags: O_RDONLY | O_NONBLOCK) else {
            throw .system("open", path: path)
        }
        return file
    }

    private func check(_ status: Int32) throws(ArchiveError) {
        guard status == ARCHIVE_OK else { throw fault() }
    }

    private func fault() -> ArchiveError {
        let number = archive_errno(archive)
        let reason = archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
        return ArchiveError(
            code: .system, path: path, message: "The archive \(path) cannot be written: \(reason).",
            underlying: SystemCallError(call: "write", errno: number))
    }
}
