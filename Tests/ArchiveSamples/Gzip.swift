/// Gzip without compression (RFC 1952 around stored blocks of RFC 1951), to wrap what a test wrote.
package enum Gzip {
    package static func stored(_ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        var rest = content[...]
        repeat {
            let block = rest.prefix(65535)
            rest = rest.dropFirst(block.count)
            bytes.append(rest.isEmpty ? 1 : 0)
            bytes += little(UInt64(block.count), 2) + little(UInt64(~UInt16(block.count)), 2) + block
        } while !rest.isEmpty
        return bytes + little(UInt64(Checksum.crc32(content)), 4) + little(UInt64(content.count), 4)
    }

    /// Content, and after it so many zeros in a thousandth of their bytes. The checksum is 0 and wrong: who reads so far
    /// has taken too much already.
    package static func bomb(_ content: [UInt8], zeros: Int) -> [UInt8] {
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        bytes += [0] + little(UInt64(content.count), 2) + little(UInt64(~UInt16(content.count)), 2) + content
        return bytes + Deflate.zeros(zeros) + little(0, 4) + little(UInt64(content.count + zeros), 4)
    }

    private static func little(_ number: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
