/// How much an archive may hold. All of it is counted while inflating; what the archive says of itself is not trusted.
package struct ArchiveLimits: Sendable, Equatable {
    /// The most files and folders.
    package var maximumMembers: Int
    /// The most bytes of all files together, unpacked.
    package var maximumTotalBytes: Int64
    /// The most bytes of one file, unpacked.
    package var maximumMemberBytes: Int64
    /// The most unpacked bytes for one compressed byte, looked at once 16 MiB were unpacked. Gzip reaches 1030.
    package var maximumRatio: Int64
    /// The most components of a path, its file's name among them.
    package var maximumDepth: Int
    /// Whether names have to mean the same on every file system and to every eye: none that differs from another in
    /// case alone, ends with a dot or a space, or holds a backslash or characters that cannot be seen.
    package var requiresPortableNames: Bool

    package init(
        maximumMembers: Int = 10_000,
        maximumTotalBytes: Int64 = 20 << 30,
        maximumMemberBytes: Int64 = 20 << 30,
        maximumRatio: Int64 = 200,
        maximumDepth: Int = 1000,
        requiresPortableNames: Bool = false
    ) {
        self.maximumMembers = maximumMembers
        self.maximumTotalBytes = maximumTotalBytes
        self.maximumMemberBytes = maximumMemberBytes
        self.maximumRatio = maximumRatio
        self.maximumDepth = maximumDepth
        self.requiresPortableNames = requiresPortableNames
    }

    /// For archives that people send, of which nobody knows what packed them.
    package static let upload = ArchiveLimits(maximumDepth: 32, requiresPortableNames: true)

    /// The most bytes of the tar stream itself: the files and 16 KiB of headers for each member.
    var maximumStreamBytes: Int64 {
        let (headers, overflow) = Int64(maximumMembers).multipliedReportingOverflow(by: 16 << 10)
        let (sum, sumOverflow) = maximumTotalBytes.addingReportingOverflow(headers)
        let (total, totalOverflow) = sum.addingReportingOverflow(1 << 20)
        return overflow || sumOverflow || totalOverflow ? .max : total
    }

    /// Refuses what unpacks to far more than what it came in.
    ///
    /// - Throws: `suspiciousRatio`.
    func checkRatio(unpacked: Int64, packed: Int64) throws(ArchiveError) {
        guard unpacked <= 16 << 20 || unpacked / max(1, maximumRatio) <= packed else {
            throw ArchiveError(
                code: .suspiciousRatio,
                message: "The archive unpacks to more than \(maximumRatio) times its own size, more than is allowed.")
        }
    }
}
