/// Why an archive was refused, or could not be read or written.
package struct ArchiveError: Error, Sendable {
    /// The kind of fault. Only `system` and `changedWhileReading` are no fault of the archive's or folder's content.
    package enum Code: String, Sendable, CaseIterable {
        /// Not an archive of the kind that was asked for: tar, gzip-compressed or plain, or zip.
        case notAnArchive
        /// Damaged inside: a checksum is wrong, a header makes no sense, a sparse file has holes.
        case corrupt
        /// The archive ends before its end mark.
        case truncated
        case absolutePath
        /// A `..` in a path.
        case parentPath
        /// An empty path, one with control characters, not in UTF-8, or too long.
        case invalidPath
        /// Two members with one path, or a file where another member needs a folder.
        case duplicatePath
        case link
        /// A device, a pipe or a socket.
        case specialFile
        case tooManyMembers
        case memberTooLarge
        case archiveTooLarge
        /// A member that needs a password.
        case encrypted
        /// The content is so much larger than the archive that it is taken for an attack.
        case suspiciousRatio
        /// The folder to unpack into holds a file of a member's name already.
        case alreadyExists
        /// A file changed while it was being packed.
        case changedWhileReading
        /// A system call failed; `underlying` tells which.
        case system
    }

    package let code: Code
    /// The member's path as the archive has it, or the file's; nil where the fault is the archive's own.
    package let path: String?
    /// What was wrong, with which value, and what would be right.
    package let message: String
    package let underlying: (any Error)?

    package init(code: Code, path: String? = nil, message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.path = path
        self.message = message
        self.underlying = underlying
    }
}

extension ArchiveError: CustomStringConvertible {
    package var description: String { message }
}
