/// Deflated data (RFC 1951) that is small and unpacks to much.
enum Deflate {
    /// So many zeros in a thousandth of the bytes: one literal, then copies of 258 bytes from one byte back.
    ///
    /// A block with codes of its own: length 258 is `0`, the literal 0 `10`, the block's end `11`, distance 1 `0`.
    static func zeros(_ count: Int) -> [UInt8] {
        var bits = Bits()
        // The last block, with dynamic codes: 286 for literals and lengths, 1 for distances, 18 for code lengths.
        for (value, width) in [(1, 1), (2, 2), (29, 5), (0, 5), (14, 4)] { bits.append(value, width) }
        // The lengths of the codes for 18 (repeat zero), 2 and 1, in the order of RFC 1951 section 3.2.7.
        for length in [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2] { bits.append(length, 3) }
        let (repeatZero, one, two) = ([0], [1, 0], [1, 1])
        // Literal 0, then 255 unused, the end, then 28 unused, length 258, and distance 1.
        bits.append(code: two)
        for unused in [138, 117] {
            bits.append(code: repeatZero)
            bits.append(unused - 11, 7)
        }
        bits.append(code: two)
        bits.append(code: repeatZero)
        bits.append(28 - 11, 7)
        bits.append(code: one)
        bits.append(code: one)
        let (copies, literals) = count > 0 ? ((count - 1) / 258, (count - 1) % 258) : (0, 0)
        if count > 0 { bits.append(code: [1, 0]) }
        for _ in 0..<copies { bits.append(0, 2) }
        for _ in 0..<literals { bits.append(code: [1, 0]) }
        bits.append(code: [1, 1])
        return bits.bytes
    }

    private struct Bits {
        var bytes: [UInt8] = []
        private var used = 8

        /// A number, from its lowest bit on.
        mutating func append(_ value: Int, _ width: Int) {
            for position in 0..<width { append(bit: value >> position & 1) }
        }

        /// A code, in the order of its bits.
        mutating func append(code: [Int]) {
            for bit in code { append(bit: bit) }
        }

        private mutating func append(bit: Int) {
            if used == 8 {
                bytes.append(0)
                used = 0
            }
            bytes[bytes.count - 1] |= UInt8(bit) << UInt8(used)
            used += 1
        }
    }
}
