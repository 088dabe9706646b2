/// Writes values in PostgreSQL's text form, one after the other, as libpq wants them.
///
/// Between `begin()` and `end()` a type writes its text, or calls `writeNull()` and nothing else.
package struct PostgresEncoder: Sendable {
    /// Every value's text with a NUL behind it.
    private(set) var bytes: [UInt8] = []
    /// Where each value starts in `bytes`; -1 stands for NULL.
    private(set) var offsets: [Int] = []
    /// Whether a text held U+0000, which PostgreSQL cannot store and libpq would cut at.
    private(set) var holdsZero = false

    /// Sends SQL's NULL for this value.
    package mutating func writeNull() {
        offsets[offsets.count - 1] = -1
    }

    /// Appends text to this value.
    package mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { write($0) }
    }

    /// Appends UTF-8 bytes to this value.
    package mutating func write(_ utf8: some Collection<UInt8>) {
        if utf8.contains(0) { holdsZero = true }
        bytes.append(contentsOf: utf8)
    }

    mutating func begin() {
        offsets.append(bytes.count)
    }

    mutating func end() {
        bytes.append(0)
    }

    mutating func append(_ other: PostgresEncoder) {
        let base = bytes.count
        bytes.append(contentsOf: other.bytes)
        offsets.append(contentsOf: other.offsets.lazy.map { $0 < 0 ? -1 : $0 + base })
        if other.holdsZero { holdsZero = true }
    }

    /// Calls `body` with the values as libpq takes them: an array of C strings, NULL for NULL.
    func withPointers<T>(_ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?) throws -> T) rethrows -> T {
        guard !offsets.isEmpty else { return try body(0, nil) }
        return try bytes.withUnsafeBytes { raw in
            try withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: offsets.count) { pointers in
                for (index, offset) in offsets.enumerated() {
                    let start = offset < 0 ? nil : raw.baseAddress?.advanced(by: offset)
                    pointers.initializeElement(at: index, to: start?.assumingMemoryBound(to: CChar.self))
                }
                return try body(Int32(offsets.count), UnsafePointer(pointers.baseAddress))
            }
        }
    }
}
