import HTTPTypes
import SlipwayCore
import SlipwayServices

/// A position in the JSON text (RFC 8259) of a prediction, moved forward by what is read.
///
/// The bytes must outlive the scanner: it lives inside one `withUnsafeReadableBytes`.
struct RowsScanner {
    /// How deep arrays may nest.
    static let depthLimit = 16

    let bytes: UnsafeRawBufferPointer
    var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The byte at the position; nil at the end.
    @inline(__always)
    var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    @inline(__always)
    mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    /// Moves over space and `byte`, if that is what comes.
    @inline(__always)
    mutating func skip(_ byte: Unicode.Scalar) -> Bool {
        skipSpace()
        guard current == UInt8(ascii: byte) else { return false }
        offset += 1
        return true
    }

    /// Moves over space and `byte`.
    mutating func expect(_ byte: Unicode.Scalar, _ place: @autoclosure () -> String) throws {
        guard skip(byte) else { throw unexpected("“\(byte)” \(place())") }
    }

    /// Moves over `word` if it stands at the position.
    mutating func skipWord(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard bytes.count - offset >= length else { return false }
        for index in 0..<length where bytes[offset + index] != word.utf8Start[index] { return false }
        offset += length
        return true
    }

    /// Refuses anything but space up to the end.
    mutating func expectEnd() throws {
        skipSpace()
        guard offset == bytes.count else { throw unexpected("the end of the body") }
    }

    /// Reads an object's members: `member` is called with each key, with the position at its value.
    mutating func members(_ what: String, _ member: (inout RowsScanner, String) throws -> Void) throws {
        try expect("{", "to open \(what)")
        if skip("}") { return }
        repeat {
            skipSpace()
            let key = try string()
            try expect(":", "after the key “\(key)”")
            skipSpace()
            try member(&self, key)
        } while skip(",")
        try expect("}", "or “,” in \(what)")
    }

    /// Reads an array of strings.
    mutating func strings(_ what: String) throws -> [String] {
        try expect("[", "to open \(what), a list of names")
        var strings: [String] = []
        if skip("]") { return strings }
        repeat {
            skipSpace()
            strings.append(try string())
            guard strings.count <= PredictionTable.Builder.mostCells else {
                throw Problem(.contentTooLarge, "There are too many names in \(what).")
            }
        } while skip(",")
        try expect("]", "or “,” in \(what)")
        return strings
    }

    mutating func bool(_ what: String) throws -> Bool {
        if skipWord("true") { return true }
        if skipWord("false") { return false }
        throw unexpected("true or false for \(what)")
    }

    /// An error that names what was wanted and what stands there.
    func unexpected(_ wanted: String) -> Problem {
        let found =
            switch current {
            case nil: "the end of the body"
            case let byte? where byte > 0x20 && byte < 0x7F: "“\(Character(Unicode.Scalar(byte)))”"
            case let byte?: "byte 0x" + String(byte, radix: 16)
            }
        return Problem(.badRequest, "The body cannot be read: expected \(wanted), found \(found) (at byte \(offset)).")
    }
}
