package import NIOCore

/// The answer to `GET /v2`.
package struct ServerMetadata: Sendable, Hashable {
    package let name: String
    package let version: String
    /// The protocol's extensions that the server really offers.
    package let extensions: [String]

    package init(name: String, version: String, extensions: [String]) {
        self.name = name
        self.version = version
        self.extensions = extensions
    }

    /// Appends the metadata as JSON.
    package func write(into buffer: inout ByteBuffer) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("name", string: name)
            writer.member("version", string: version)
            writer.member("extensions", array: extensions) { writer, name in writer.string(name) }
        }
        writer.write(into: &buffer)
    }
}
