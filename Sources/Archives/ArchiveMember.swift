/// One file or folder of an archive.
package struct ArchiveMember: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case file
        case folder
    }

    /// The path below the archive's root: relative, without `.`, `..`, empty components or a slash at its end.
    package let path: String
    package let kind: Kind
    /// The unpacked bytes as they were counted; 0 for a folder.
    package let size: Int64
    /// When the file was changed last, in seconds since 1970 UTC, as the archive says; archives of ours say 0.
    package let modified: Int64
    /// Whether the file's owner may execute it.
    package let isExecutable: Bool

    package init(path: String, kind: Kind, size: Int64, modified: Int64, isExecutable: Bool) {
        self.path = path
        self.kind = kind
        self.size = size
        self.modified = modified
        self.isExecutable = isExecutable
    }
}
