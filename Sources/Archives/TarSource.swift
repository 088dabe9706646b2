import CArchive
import Glibc

/// The tar stream of an archive file, inflated where it is gzip, with the limits counted on every byte.
///
/// zlib inflates here, rather than libarchive's filter, for three reasons: it checks the CRC of gzip's trailer, no
/// single call can inflate past a limit, and compression inside compression is not unwrapped.
final class TarSource: MemberSource {
    private static let chunkSize = 64 << 10

    private let file: FileHandle
    private let path: String
    private let limits: ArchiveLimits
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkSize, alignment: 16)
    private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkSize, alignment: 16)
    /// At an address of its own, since zlib keeps a pointer back to it.
    private let inflater = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var kind = Kind.unknown
    private var compressedBytes: Int64 = 0
    private var streamBytes: Int64 = 0
    private var trailingZeros = 0
    private(set) var failure: ArchiveError?
    let format = "tar.gz"

    private enum Kind {
        case unknown
        case plain
        case gzip(GzipPhase)
    }

    private enum GzipPhase {
        /// Before the header of a gzip member: only here may the file end.
        case betweenMembers
        case insideMember
        /// In the zeros that some writers pad the file with.
        case padding
    }

    init(file: borrowing FileHandle, path: String, limits: ArchiveLimits) throws(ArchiveError) {
        self.file = try file.duplicate()
        self.path = path
        self.limits = limits
        inflater.initialize(to: z_stream())
        guard lseek(self.file.descriptor, 0, SEEK_SET) == 0 else { throw .system("lseek", path: path) }
        // 15 is deflate's largest window, 16 asks for gzip's header and trailer.
        let status = inflateInit2_(inflater, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            throw ArchiveError(code: .system, path: path, message: "zlib could not be started: error \(status).")
        }
    }

    deinit {
        inflateEnd(inflater)
        inflater.deallocate()
        input.deallocate()
        output.deallocate()
    }

    func open(_ archive: OpaquePointer) -> Bool {
        archive_read_support_filter_none(archive)
        archive_read_support_format_tar(archive)
        // The parser frees the archive before it lets this object go.
        let context = Unmanaged.passUnretained(self).toOpaque()
        return archive_read_open(
            archive, context, nil,
            { archive, context, buffer in
                guard let context, let buffer else { return -1 }
                let source = Unmanaged<TarSource>.fromOpaque(context).takeUnretainedValue()
                guard let bytes = try? source.next() else { return Int(ARCHIVE_FATAL) }
                buffer.pointee = bytes.baseAddress
                return bytes.count
            }, nil) == ARCHIVE_OK
    }

    /// Counted on the stream itself already.
    func check(unpacked: Int64) throws(ArchiveError) {}

    /// The next bytes of the tar stream, valid until the next call; empty at its end.
    private func next() throws(ArchiveError) -> UnsafeRawBufferPointer {
        if let failure { throw failure }
        do {
            let bytes = try produce()
            try count(bytes)
            return bytes
        } catch {
            failure = error
            throw error
        }
    }

    /// Reads what is left, so that its checksum is checked, and checks that the tar stream has its end mark.
    func finish() throws(ArchiveError) {
        while try !next().isEmpty {}
        guard trailingZeros >= 512 else {
            throw ArchiveError(
                code: .truncated, message: "The archive has no end mark (a block of zeros): it was cut off.")
        }
    }

    private func produce() throws(ArchiveError) -> UnsafeRawBufferPointer {
        if case .unknown = kind { try detect() }
        while true {
            switch kind {
            case .unknown, .plain:
                if inflater.pointee.avail_in == 0 { try refill() }
                let bytes = UnsafeRawBufferPointer(rebasing: input.prefix(Int(inflater.pointee.avail_in)))
                inflater.pointee.avail_in = 0
                return bytes
            case .gzip(let phase):
                if inflater.pointee.avail_in == 0 { try refill() }
                if inflater.pointee.avail_in == 0 {
                    guard case .insideMember = phase else { return UnsafeRawBufferPointer(start: nil, count: 0) }
                    throw ArchiveError(
                        code: .truncated, message: "The archive ends inside its compressed data: it was cut off.")
                }
                let bytes = try inflate(phase)
                if !bytes.isEmpty { return bytes }
            }
        }
    }

    private func detect() throws(ArchiveError) {
        try refill()
        let isGzip = inflater.pointee.avail_in >= 2 && input[0] == 0x1F && input[1] == 0x8B
        kind = isGzip ? .gzip(.betweenMembers) : .plain
    }

    private func inflate(_ phase: GzipPhase) throws(ArchiveError) -> UnsafeRawBufferPointer {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        switch phase {
        case .insideMember: break
        case .betweenMembers where inflater.pointee.next_in.pointee != 0:
            kind = .gzip(.insideMember)
        case .betweenMembers, .padding:
            kind = .gzip(.padding)
            let rest = UnsafeBufferPointer(start: inflater.pointee.next_in, count: Int(inflater.pointee.avail_in))
            guard rest.allSatisfy({ $0 == 0 }) else {
                throw ArchiveError(code: .corrupt, message: "The archive has other data after its compressed data.")
            }
            inflater.pointee.avail_in = 0
            return nothing
        }
        inflater.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        inflater.pointee.avail_out = UInt32(output.count)
        let status = CArchive.inflate(inflater, Z_NO_FLUSH)
        if status == Z_STREAM_END {
            kind = .gzip(.betweenMembers)
            inflateReset(inflater)
        } else if status != Z_OK && status != Z_BUF_ERROR {
            let reason = inflater.pointee.msg.map { String(cString: $0) } ?? "zlib error \(status)"
            throw ArchiveError(code: .corrupt, message: "The archive's compressed data are damaged: \(reason).")
        }
        return UnsafeRawBufferPointer(rebasing: output.prefix(output.count - Int(inflater.pointee.avail_out)))
    }

    private func refill() throws(ArchiveError) {
        let count = try file.read(into: input, path: path)
        compressedBytes += Int64(count)
        inflater.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        inflater.pointee.avail_in = UInt32(count)
    }

    private func count(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
        streamBytes += Int64(bytes.count)
        if let last = bytes.suffix(1024).lastIndex(where: { $0 != 0 }) {
            trailingZeros = bytes.count - 1 - last
        } else {
            trailingZeros += bytes.count
        }
        guard streamBytes <= limits.maximumStreamBytes else {
            throw ArchiveError(
                code: .archiveTooLarge,
                message: "The archive unpacks to more than the \(limits.maximumTotalBytes) bytes allowed.")
        }
        try limits.checkRatio(unpacked: streamBytes, packed: compressedBytes)
    }
}
