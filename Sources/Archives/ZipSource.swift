import CArchive
import Glibc

/// A zip file, read by its central directory. Libarchive inflates and checks each member's CRC.
final class ZipSource: MemberSource {
    let format = "zip"
    /// Nobody reads here but libarchive, whose word is the only one.
    let failure: ArchiveError? = nil

    private let file: FileHandle
    private let bytes: Int64
    private let limits: ArchiveLimits

    private static let blockSize = 64 << 10

    /// - Throws: `notAnArchive` for a file that does not begin as a zip does, be it with a program that unpacks itself.
    init(file: borrowing FileHandle, path: String, limits: ArchiveLimits) throws(ArchiveError) {
        self.file = try file.duplicate()
        self.limits = limits
        bytes = Int64(lseek(self.file.descriptor, 0, SEEK_END))
        guard bytes >= 0, lseek(self.file.descriptor, 0, SEEK_SET) == 0 else { throw .system("lseek", path: path) }
        var magic: UInt32 = 0
        let count = withUnsafeMutableBytes(of: &magic) { pread(self.file.descriptor, $0.baseAddress, $0.count, 0) }
        // A local file header, or the end record of an archive without members: APPNOTE.TXT 4.3.7 and 4.3.16.
        let known: [UInt32] = [0x0403_4B50, 0x0605_4B50]
        guard count == MemoryLayout<UInt32>.size, known.contains(UInt32(littleEndian: magic)) else {
            throw ArchiveError(code: .notAnArchive, path: path, message: "The file is no zip archive.")
        }
        _ = try ZipDirectory(of: self.file, size: bytes, limits: limits)
    }

    func open(_ archive: OpaquePointer) -> Bool {
        archive_read_support_filter_none(archive)
        archive_read_support_format_zip_seekable(archive)
        return archive_read_open_fd(archive, file.descriptor, Self.blockSize) == ARCHIVE_OK
    }

    /// Members may share their compressed bytes, so the whole is measured and not each.
    func check(unpacked: Int64) throws(ArchiveError) {
        try limits.checkRatio(unpacked: unpacked, packed: bytes)
    }

    func finish() throws(ArchiveError) {}
}
