/// A number's decimal text, taken from the standard library without a `String` on the heap.
struct NumberText: TextOutputStream {
    /// The longest shortest decimal of a Double, `-2.2250738585072014e-308`, has 24 characters.
    private var bytes = InlineArray<32, UInt8>(repeating: 0)
    private var count = 0

    func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        bytes.span.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<count])) }
    }

    mutating func write(_ text: String) {
        for byte in text.utf8 {
            bytes[count] = byte
            count += 1
        }
    }

    /// The library's own way to hand over ASCII; where it does not call this one, it calls `write(_:)`.
    @inline(__always)
    mutating func _writeASCII(_ text: UnsafeBufferPointer<UInt8>) {
        for byte in text {
            bytes[count] = byte
            count += 1
        }
    }
}
