import Glibc

/// Where a zip file's central directory lies, by the record at the file's end: APPNOTE.TXT 4.3.14 to 4.3.16.
///
/// Libarchive keeps the whole directory in memory, however long, so it is measured before.
struct ZipDirectory {
    let entries: UInt64
    let bytes: UInt64

    /// Bytes of the directory for each member that may be there: a header of 46 and a name, as a rule.
    private static let bytesPerMember: UInt64 = 1024
    private static let endBytes = 22

    /// - Throws: `notAnArchive` or `truncated` for a file without such a record, or whose directory does not end where
    ///   the record begins; `tooManyMembers`.
    init(of file: borrowing FileHandle, size: Int64, limits: ArchiveLimits) throws(ArchiveError) {
        // The record is followed by a comment of at most 65,535 bytes.
        let tail = try Self.read(file, size: size, from: max(0, size - 65_557))
        let signature: [UInt8] = [0x50, 0x4B, 5, 6]
        let last = tail.count - Self.endBytes
        guard last >= 0, let start = (0...last).last(where: { Array(tail[$0..<$0 + 4]) == signature }),
            start + Self.endBytes + Int(Self.little(tail, start + 20, 2)) == tail.count
        else { throw ArchiveError(code: .truncated, message: "The zip archive has no end record: it was cut off.") }
        let position = UInt64(size) - UInt64(tail.count - start)
        var found = (
            entries: Self.little(tail, start + 10, 2), bytes: Self.little(tail, start + 12, 4),
            offset: Self.little(tail, start + 16, 4)
        )
        var end = position
        if found.entries == 0xFFFF || found.bytes == 0xFFFF_FFFF || found.offset == 0xFFFF_FFFF {
            guard let large = try Self.largeRecord(file, size: size, before: position) else { throw Self.damaged }
            found = (large.entries, large.bytes, large.offset)
            end = large.position
        }
        entries = found.entries
        bytes = found.bytes
        guard entries <= UInt64(limits.maximumMembers),
            bytes / Self.bytesPerMember <= UInt64(limits.maximumMembers)
        else {
            throw ArchiveError(
                code: .tooManyMembers,
                message: "The archive has more than the \(limits.maximumMembers) files and folders allowed.")
        }
        let (sum, overflow) = found.offset.addingReportingOverflow(bytes)
        guard !overflow, sum == end else { throw Self.damaged }
    }

    /// The record of archives with large numbers, which a locator of 20 bytes before the other one leads to.
    private static func largeRecord(
        _ file: borrowing FileHandle, size: Int64, before position: UInt64
    ) throws(ArchiveError) -> (entries: UInt64, bytes: UInt64, offset: UInt64, position: UInt64)? {
        guard position >= 76 else { return nil }
        let both = try read(file, size: Int64(position), from: Int64(position) - 76)
        guard both.count == 76, little(both, 0, 4) == 0x0606_4B50, little(both, 56, 4) == 0x0706_4B50,
            little(both, 64, 8) == position - 76
        else { return nil }
        return (little(both, 32, 8), little(both, 40, 8), little(both, 48, 8), position - 76)
    }

    private static func read(
        _ file: borrowing FileHandle, size: Int64, from offset: Int64
    ) throws(ArchiveError) -> [UInt8] {
        let wanted = Int(max(0, size - offset))
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            count = max(0, pread(file.descriptor, buffer.baseAddress, wanted, off_t(offset)))
        }
        guard bytes.count == wanted else { throw damaged }
        return bytes
    }

    private static func little(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
        bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static var damaged: ArchiveError {
        ArchiveError(code: .corrupt, message: "The zip archive's directory is not where its end record says.")
    }
}
