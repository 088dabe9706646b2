/// Where a parser's archive comes from.
protocol MemberSource: AnyObject {
    /// The kind of archive for people, e.g. `tar.gz`.
    var format: String { get }
    /// The error that ended the reading, for whoever gets only libarchive's word of it.
    var failure: ArchiveError? { get }
    /// Tells libarchive what to read, and how; false with libarchive's own reason where it does not take it.
    func open(_ archive: OpaquePointer) -> Bool
    /// Called after each piece, with the bytes that all files unpacked to so far.
    func check(unpacked: Int64) throws(ArchiveError)
    /// Called behind the last member.
    func finish() throws(ArchiveError)
}
