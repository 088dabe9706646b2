package import NIOCore

/// The answer to `POST /v2/repository/index`: every version of every model.
package struct RepositoryIndex: Sendable, Hashable {
    package struct Entry: Sendable, Hashable {
        package let name: String
        package let version: String
        /// Whether the version can be asked for inferences.
        package let isReady: Bool
        /// Why the version is not ready, or what is to be known of it although it is; may be empty.
        package let reason: String

        package init(name: String, version: String, isReady: Bool, reason: String = "") {
            self.name = name
            self.version = version
            self.isReady = isReady
            self.reason = reason
        }
    }

    package let entries: [Entry]

    package init(_ entries: [Entry]) {
        self.entries = entries
    }

    /// Appends the index as JSON.
    package func write(into buffer: inout ByteBuffer) {
        var writer = JSONWriter(reserving: 64 + entries.count * 96)
        writer.array(entries) { writer, entry in
            writer.object { writer in
                writer.member("name", string: entry.name)
                writer.member("version", string: entry.version)
                writer.member("state", string: entry.isReady ? "READY" : "UNAVAILABLE")
                writer.member("reason", string: entry.reason)
            }
        }
        writer.write(into: &buffer)
    }
}
