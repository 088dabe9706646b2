/// A position in JSON text (RFC 8259), moved forward by what is read.
///
/// The bytes must outlive the scanner: it lives inside one `withUnsafeReadableBytes`.
struct JSONScanner {
    /// How deep arrays and objects may nest; deeper text is refused before it can exhaust the stack.
    static let depthLimit = 64

    let bytes: UnsafeBufferPointer<UInt8>
    var offset = 0
    /// The binary tensors behind the JSON; nil where the body was not said to have any.
    var blobs: BlobReader?

    init(_ bytes: UnsafeBufferPointer<UInt8>, blobs: BlobReader? = nil) {
        self.bytes = bytes
        self.blobs = blobs
    }

    /// The byte at the position; nil at the end.
    @inline(__always)
    var current: UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    /// Moves over spaces, tabs and line ends.
    @inline(__always)
    mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    /// Moves over space and `byte`.
    mutating func expect(_ byte: Unicode.Scalar, _ place: @autoclosure () -> String) throws {
        skipSpace()
        guard current == UInt8(ascii: byte) else { throw unexpected("\"\(byte)\" \(place())") }
        offset += 1
    }

    /// Moves over space and `byte`, if that is what comes.
    mutating func skip(_ byte: Unicode.Scalar) -> Bool {
        skipSpace()
        guard current == UInt8(ascii: byte) else { return false }
        offset += 1
        return true
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
        guard offset == bytes.count else { throw unexpected("the end of the body after its object") }
    }

    /// An error that names what was wanted and what stands there.
    func unexpected(_ wanted: String) -> OpenInferenceError {
        let found =
            switch current {
            case nil: "the end of the body"
            case let byte? where byte > 0x20 && byte < 0x7F: "\"\(Character(Unicode.Scalar(byte)))\""
            case let byte?: "byte 0x" + String(byte, radix: 16)
            }
        return OpenInferenceError(.malformed, "expected \(wanted), found \(found)", offset: offset)
    }
}
