package import NIOCore

/// The protocol's form of every error: `{"error": "…"}`.
package struct ErrorResponse: Sendable, Hashable {
    package let error: String

    package init(_ error: String) {
        self.error = error
    }

    /// Appends the error as JSON.
    package func write(into buffer: inout ByteBuffer) {
        var writer = JSONWriter()
        writer.object { writer in writer.member("error", string: error) }
        writer.write(into: &buffer)
    }
}
