package import NIOCore

/// The answer to TensorFlow Serving's `GET /v1/models/NAME`.
package struct ServingStatus: Sendable, Hashable {
    package struct Version: Sendable, Hashable {
        package let version: Int
        /// Why the version cannot be asked for predictions; nil where it can.
        package let problem: String?

        package init(version: Int, problem: String?) {
            self.version = version
            self.problem = problem
        }
    }

    package let versions: [Version]

    package init(_ versions: [Version]) {
        self.versions = versions
    }

    /// Appends the status as JSON.
    package func write(into buffer: inout ByteBuffer) {
        var writer = JSONWriter(reserving: 64 + versions.count * 128)
        writer.object { writer in
            writer.member("model_version_status", array: versions) { writer, version in
                writer.object { writer in
                    writer.member("version", string: "\(version.version)")
                    // The protocol's word for a version that came to an end with an error.
                    writer.member("state", string: version.problem == nil ? "AVAILABLE" : "END")
                    writer.member("status") { writer in
                        writer.member("error_code", string: version.problem == nil ? "OK" : "FAILED_PRECONDITION")
                        writer.member("error_message", string: version.problem ?? "")
                    }
                }
            }
        }
        writer.write(into: &buffer)
    }
}
