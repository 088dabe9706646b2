import CArchive
import Glibc

/// The members of an archive, each checked as it comes.
///
/// It is the one way to read an archive, for listing and for unpacking, so that both refuse the same.
final class MemberParser {
    private let archive: OpaquePointer
    private let source: any MemberSource
    private let limits: ArchiveLimits
    private var tree: MemberTree
    private var isRecognized = false
    private var memberCount = 0
    private var totalBytes: Int64 = 0

    init(source: any MemberSource, limits: ArchiveLimits) throws(ArchiveError) {
        guard let archive = archive_read_new() else {
            throw ArchiveError(code: .system, message: "libarchive could not be started: no memory.")
        }
        self.archive = archive
        self.source = source
        self.limits = limits
        tree = MemberTree(limits: limits)
        guard source.open(archive) else { throw fault(.notAnArchive, nil) }
    }

    deinit {
        archive_read_free(archive)
    }

    /// Reads the next member; nil at the end of a whole and undamaged archive.
    ///
    /// - Parameters:
    ///   - begin: Called with the path's components and the kind, when they are found allowed, before the content.
    ///   - content: Called with each piece of a file's content, valid for the call.
    func next(
        begin: ([String], ArchiveMember.Kind) throws(ArchiveError) -> Void,
        content: (UnsafeRawBufferPointer) throws(ArchiveError) -> Void
    ) throws(ArchiveError) -> ArchiveMember? {
        while true {
            var header: OpaquePointer?
            let status = archive_read_next_header(archive, &header)
            if status == ARCHIVE_EOF {
                try source.finish()
                return nil
            }
            guard status == ARCHIVE_OK, let header else {
                throw fault(status == ARCHIVE_WARN || isRecognized ? .corrupt : .notAnArchive, nil)
            }
            isRecognized = true
            let components = try MemberPath.components(of: path(of: header), limits: limits)
            let shown = components.joined(separator: "/")
            let kind = try kind(of: header, shown)
            guard archive_entry_is_encrypted(header) == 0 else {
                throw ArchiveError(
                    code: .encrypted, path: shown,
                    message: "The member \"\(shown)\" is encrypted; pack it without a password.")
            }
            if components.isEmpty {
                guard kind == .folder else {
                    throw ArchiveError(code: .invalidPath, path: ".", message: "The archive's root \".\" is a file.")
                }
                continue
            }
            memberCount += 1
            guard memberCount <= limits.maximumMembers else {
                throw ArchiveError(
                    code: .tooManyMembers, path: shown,
                    message: "The archive has more than the \(limits.maximumMembers) files and folders allowed.")
            }
            try tree.add(components, kind: kind)
            try begin(components, kind)
            let size = try readContent(of: header, shown, content)
            return ArchiveMember(
                path: shown, kind: kind, size: size, modified: Int64(archive_entry_mtime(header)),
                isExecutable: kind == .file && archive_entry_perm(header) & 0o100 != 0)
        }
    }

    private func path(of header: OpaquePointer) -> [UInt8] {
        guard let name = archive_entry_pathname(header) else { return [] }
        return Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
    }

    private func kind(of header: OpaquePointer, _ path: String) throws(ArchiveError) -> ArchiveMember.Kind {
        if archive_entry_hardlink(header) != nil || archive_entry_symlink(header) != nil {
            throw ArchiveError(
                code: .link, path: path,
                message: "The member \"\(path)\" is a link; pack the file that it points to "
                    + "(tar --dereference --hard-dereference).")
        }
        switch archive_entry_filetype(header) {
        case FileType.regular: return .file
        case FileType.folder: return .folder
        case FileType.link:
            throw ArchiveError(code: .link, path: path, message: "The member \"\(path)\" is a link without a target.")
        default:
            throw ArchiveError(
                code: .specialFile, path: path,
                message: "The member \"\(path)\" is a device or a pipe; only files and folders are allowed.")
        }
    }

    private func readContent(
        of header: OpaquePointer, _ path: String, _ content: (UnsafeRawBufferPointer) throws(ArchiveError) -> Void
    ) throws(ArchiveError) -> Int64 {
        var size: Int64 = 0
        while true {
            var block: UnsafeRawPointer?
            var count = 0
            var offset: Int64 = 0
            let status = archive_read_data_block(archive, &block, &count, &offset)
            guard status == ARCHIVE_OK || status == ARCHIVE_EOF else { throw fault(.corrupt, path) }
            if status == ARCHIVE_OK, offset != size { throw sparse(path) }
            size += Int64(count)
            totalBytes += Int64(count)
            try checkSize(size, path)
            try source.check(unpacked: totalBytes)
            if count > 0 { try content(UnsafeRawBufferPointer(start: block, count: count)) }
            if status == ARCHIVE_EOF { break }
        }
        guard archive_entry_size_is_set(header) == 0 || size == archive_entry_size(header) else { throw sparse(path) }
        return size
    }

    private func checkSize(_ size: Int64, _ path: String) throws(ArchiveError) {
        guard size <= limits.maximumMemberBytes else {
            throw ArchiveError(
                code: .memberTooLarge, path: path,
                message: "The member \"\(path)\" is longer than the \(limits.maximumMemberBytes) bytes allowed.")
        }
        guard totalBytes <= limits.maximumTotalBytes else {
            throw ArchiveError(
                code: .archiveTooLarge, path: path,
                message: "The archive unpacks to more than the \(limits.maximumTotalBytes) bytes allowed.")
        }
    }

    private func sparse(_ path: String) -> ArchiveError {
        ArchiveError(
            code: .corrupt, path: path,
            message: "The member \"\(path)\" is a sparse file; pack it without tar's --sparse.")
    }

    /// The source's error where it has one, else libarchive's.
    private func fault(_ code: ArchiveError.Code, _ path: String?) -> ArchiveError {
        if let failure = source.failure { return failure }
        let reason = archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
        let isTruncated = reason.contains("runcated")
        let subject = path.map { "The member \"\($0)\"" } ?? "The archive"
        let message =
            code == .notAnArchive && !isTruncated
            ? "The file is no \(source.format) archive: \(reason)." : "\(subject) cannot be read: \(reason)."
        return ArchiveError(code: isTruncated ? .truncated : code, path: path, message: message)
    }
}
