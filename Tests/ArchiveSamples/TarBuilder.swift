/// Writes tar archives by hand, so that a test can write what no honest tool writes.
package struct TarBuilder: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Adds a member: a ustar header (POSIX.1-1988) and its content.
    ///
    /// - Parameters:
    ///   - type: The type flag: `0` a file, `1` a hard link, `2` a symbolic link, `5` a folder, `6` a pipe.
    ///   - size: The size that the header claims, the content's own where nil.
    package mutating func add(
        _ path: String, _ content: [UInt8] = [], type: Character = "0", link: String = "", mode: Int = 0o644,
        size: Int? = nil
    ) {
        add(rawPath: Array(path.utf8), content, type: type, link: link, mode: mode, size: size)
    }

    package mutating func add(
        rawPath: [UInt8], _ content: [UInt8] = [], type: Character = "0", link: String = "", mode: Int = 0o644,
        size: Int? = nil
    ) {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: [UInt8], at offset: Int, width: Int) {
            header.replaceSubrange(offset..<offset + min(width, text.count), with: text.prefix(width))
        }
        func octal(_ number: Int, _ digits: Int) -> [UInt8] {
            let text = String(number, radix: 8)
            return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
        }
        put(rawPath, at: 0, width: 100)
        put(octal(mode, 7), at: 100, width: 8)
        put(octal(0, 7), at: 108, width: 8)
        put(octal(0, 7), at: 116, width: 8)
        put(octal(size ?? content.count, 11), at: 124, width: 12)
        put(octal(1_700_000_000, 11), at: 136, width: 12)
        put(Array("        ".utf8), at: 148, width: 8)
        put([type.asciiValue ?? 0], at: 156, width: 1)
        put(Array(link.utf8), at: 157, width: 100)
        put(Array("ustar".utf8) + [0] + Array("00".utf8), at: 257, width: 8)
        let sum = header.reduce(0) { $0 + Int($1) }
        put(octal(sum, 6) + [0, 0x20], at: 148, width: 8)
        bytes += header + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    /// Adds extended headers (pax, POSIX.1-2001) for the member that comes next.
    package mutating func addExtended(_ records: [(String, [UInt8])]) {
        var content: [UInt8] = []
        for (key, value) in records {
            let rest = Array(" \(key)=".utf8) + value + [0x0A]
            var length = rest.count
            while String(length).utf8.count + rest.count != length { length = String(length).utf8.count + rest.count }
            content += Array(String(length).utf8) + rest
        }
        add("PaxHeaders/x", content, type: "x")
    }

    /// The archive with its end mark.
    package var finished: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }
}
