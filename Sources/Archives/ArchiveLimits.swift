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

    package init(
        maximumMembers: Int = 10_000,
        maximumTotalBytes: Int64 = 20 << 30,
        maximumMemberBytes: Int64 = 20 << 30,
        maximumRatio: Int64 = 200
    ) {
        self.maximumMembers = maximumMembers
        self.maximumTotalBytes = maximumTotalBytes
        self.maximumMemberBytes = maximumMemberBytes
        self.maximumRatio = maximumRatio
    }

    /// The most bytes of the tar stream itself: the files and 16 KiB of headers for each member.
    var maximumStreamBytes: Int64 {
        let (headers, overflow) = Int64(maximumMembers).multipliedReportingOverflow(by: 16 << 10)
        let (sum, sumOverflow) = maximumTotalBytes.addingReportingOverflow(headers)
        let (total, totalOverflow) = sum.addingReportingOverflow(1 << 20)
        return overflow || sumOverflow || totalOverflow ? .max : total
    }
}
