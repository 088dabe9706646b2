import Glibc

/// Reads tar archives, gzip-compressed or plain, and zip archives that come from anywhere.
///
/// Only files and folders with relative paths are taken; a member that is anything else refuses the whole archive.
/// Memory does not grow with the content, only with the number of members.
///
/// The functions block for as long as the disk and the inflating take: run them on an executor of their own, not on
/// the cooperative pool.
package enum ArchiveReader {
    package enum Format: Sendable {
        /// Compressed with gzip, or plain.
        case tar
        case zip
    }

    /// Reads the whole archive, checks it, and tells what is in it.
    ///
    /// - Returns: The members in the order of the archive, sizes as counted.
    /// - Throws: `ArchiveError`.
    package static func list(
        path: String, format: Format = .tar, limits: ArchiveLimits = ArchiveLimits()
    ) throws(ArchiveError) -> [ArchiveMember] {
        let file = try FileHandle.open(path, flags: O_RDONLY)
        return try list(file: file, path: path, format: format, limits: limits)
    }

    /// Checks the whole archive, then unpacks it.
    ///
    /// Nothing is written before the check has passed. Files get the mode 0644, or 0755 where their owner may execute
    /// them, folders 0755; owners, times and attributes of the archive are dropped. Everything is synchronized to
    /// disk before the return. An error while writing leaves what was written: unpack into a folder of your own, and
    /// rename it when it is whole.
    ///
    /// - Parameter folder: Where to; made where it is missing, below a parent that exists. No file in it is ever
    ///   replaced, and no link in it is followed.
    /// - Returns: The members in the order of the archive.
    /// - Throws: `ArchiveError`.
    package static func extract(
        path: String, into folder: String, format: Format = .tar, limits: ArchiveLimits = ArchiveLimits()
    ) throws(ArchiveError) -> [ArchiveMember] {
        // One descriptor for both passes, so that the archive that is unpacked is the one that was checked.
        let file = try FileHandle.open(path, flags: O_RDONLY)
        _ = try list(file: file, path: path, format: format, limits: limits)
        let unpacker = try Unpacker(folder: folder)
        return try withUTF8Locale { () throws(ArchiveError) in
            let parser = try parser(of: file, path: path, format: format, limits: limits)
            var members: [ArchiveMember] = []
            while let member = try parser.next(
                begin: { components, kind throws(ArchiveError) in try unpacker.begin(components, kind) },
                content: { bytes throws(ArchiveError) in try unpacker.write(bytes) })
            {
                try unpacker.end(member)
                members.append(member)
            }
            try unpacker.synchronizeFolders()
            return members
        }
    }

    private static func list(
        file: borrowing FileHandle, path: String, format: Format, limits: ArchiveLimits
    ) throws(ArchiveError) -> [ArchiveMember] {
        let file = try file.duplicate()
        return try withUTF8Locale { () throws(ArchiveError) in
            let parser = try parser(of: file, path: path, format: format, limits: limits)
            var members: [ArchiveMember] = []
            while let member = try parser.next(begin: { _, _ in }, content: { _ in }) { members.append(member) }
            return members
        }
    }

    private static func parser(
        of file: borrowing FileHandle, path: String, format: Format, limits: ArchiveLimits
    ) throws(ArchiveError) -> MemberParser {
        switch format {
        case .tar: try MemberParser(source: TarSource(file: file, path: path, limits: limits), limits: limits)
        case .zip: try MemberParser(source: ZipSource(file: file, path: path, limits: limits), limits: limits)
        }
    }
}
