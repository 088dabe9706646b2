package import NIOCore

/// An answer of the server: decoded, and byte for byte as it came.
package struct Answer<Value: Sendable>: Sendable {
    package var value: Value
    /// The body, for `--json`.
    package var raw: ByteBuffer

    package init(value: Value, raw: ByteBuffer) {
        self.value = value
        self.raw = raw
    }
}
