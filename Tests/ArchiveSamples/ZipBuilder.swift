/// Writes zip archives by hand (APPNOTE.TXT), so that a test can write what no honest tool writes.
package struct ZipBuilder: Sendable {
    private struct Entry {
        var name: [UInt8]
        var flags: UInt16
        var method: UInt16
        var crc: UInt32
        var packedBytes: UInt32
        var unpackedBytes: UInt32
        var mode: UInt16
        var offset: UInt32
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []

    /// The flag that says that a name is UTF-8.
    private static let utf8: UInt16 = 1 << 11

    package init() {}

    /// Adds a member without compression.
    ///
    /// - Parameters:
    ///   - mode: `st_mode`: a regular file's, unless a test wants a link (`0o120777`), a device (`0o020600`), a pipe.
    ///   - size: The size that the headers claim, the content's own where nil.
    package mutating func add(
        _ path: String, _ content: [UInt8] = [], mode: UInt16 = 0o100644, isEncrypted: Bool = false, size: UInt32? = nil
    ) {
        add(rawPath: Array(path.utf8), content, mode: mode, isEncrypted: isEncrypted, size: size)
    }

    package mutating func add(
        rawPath: [UInt8], _ content: [UInt8] = [], mode: UInt16 = 0o100644, isEncrypted: Bool = false,
        size: UInt32? = nil
    ) {
        let size = size ?? UInt32(content.count)
        append(
            rawPath, content, method: 0, flags: Self.utf8 | (isEncrypted ? 1 : 0), mode: mode, size: size,
            crc: Checksum.crc32(content))
    }

    /// Adds a member of so many zeros in a thousandth of their bytes. Its checksum is 0 and wrong: who reads so far has
    /// taken too much already.
    package mutating func add(_ path: String, zeros count: Int) {
        append(
            Array(path.utf8), Deflate.zeros(count), method: 8, flags: Self.utf8, mode: 0o100644, size: UInt32(count),
            crc: 0)
    }

    private mutating func append(
        _ name: [UInt8], _ packed: [UInt8], method: UInt16, flags: UInt16, mode: UInt16, size: UInt32, crc: UInt32
    ) {
        let entry = Entry(
            name: name, flags: flags, method: method, crc: crc,
            packedBytes: method == 0 ? size : UInt32(packed.count), unpackedBytes: size, mode: mode,
            offset: UInt32(bytes.count))
        entries.append(entry)
        bytes += [0x50, 0x4B, 3, 4] + little(20, 2) + common(entry) + little(0, 2) + name + packed
    }

    /// The fields that both headers have, up to the length of the name.
    private func common(_ entry: Entry) -> [UInt8] {
        little(UInt64(entry.flags), 2) + little(UInt64(entry.method), 2) + little(0, 2) + little(0x5A21, 2)
            + little(UInt64(entry.crc), 4) + little(UInt64(entry.packedBytes), 4)
            + little(UInt64(entry.unpackedBytes), 4) + little(UInt64(entry.name.count), 2)
    }

    /// The archive with its central directory.
    package var finished: [UInt8] {
        var directory: [UInt8] = []
        for entry in entries {
            // Made by Unix (3), whose mode is the upper half of the external attributes.
            directory += [0x50, 0x4B, 1, 2] + [20, 3] + little(20, 2) + common(entry)
            directory += [UInt8](repeating: 0, count: 8) + little(UInt64(entry.mode) << 16, 4)
            directory += little(UInt64(entry.offset), 4) + entry.name
        }
        return bytes + directory + [0x50, 0x4B, 5, 6] + little(0, 4) + little(UInt64(entries.count), 2)
            + little(UInt64(entries.count), 2) + little(UInt64(directory.count), 4) + little(UInt64(bytes.count), 4)
            + little(0, 2)
    }

    private func little(_ number: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
