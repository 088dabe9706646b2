/// What `ArchiveWriter` packed.
package struct WrittenArchive: Sendable, Equatable {
    /// The files and folders in the order of the archive.
    package let members: [ArchiveMember]
    /// The bytes of the archive file.
    package let archiveBytes: Int64

    package init(members: [ArchiveMember], archiveBytes: Int64) {
        self.members = members
        self.archiveBytes = archiveBytes
    }
}
