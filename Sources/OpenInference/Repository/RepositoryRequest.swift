package import NIOCore

/// The body of the repository extension's requests: all of it is optional, and so is the body.
package struct RepositoryRequest: Sendable, Hashable {
    /// The index alone: only versions that are ready.
    package let onlyReady: Bool
    package let parameters: [String: ParameterValue]

    /// - Throws: `OpenInferenceError` for a body that is no JSON object, or whose members have other types.
    package static func parse(_ body: ByteBuffer) throws -> RepositoryRequest {
        var onlyReady = false
        var parameters: [String: ParameterValue] = [:]
        try body.withUnsafeReadableBytes { bytes in
            try bytes.withMemoryRebound(to: UInt8.self) { bytes in
                var scanner = JSONScanner(bytes)
                scanner.skipSpace()
                guard scanner.current != nil else { return }
                try scanner.scanObject("the request") { scanner, key in
                    switch key {
                    case "ready": onlyReady = try Bool.scan(&scanner)
                    case "parameters": parameters = try scanner.scanParameters()
                    default: try scanner.skipValue()
                    }
                }
                try scanner.expectEnd()
            }
        }
        return RepositoryRequest(onlyReady: onlyReady, parameters: parameters)
    }

    /// Refuses what would serve a model by other words or files than the repository's.
    ///
    /// - Throws: `unsupported` that names the parameter.
    package func refuseOverrides() throws {
        let override = parameters.keys.sorted().first { $0 == "config" || $0.hasPrefix("file:") }
        guard let override else { return }
        throw OpenInferenceError(
            .unsupported,
            "the parameter \"\(override.prefix(60))\" would replace the model's own configuration or files, which this "
                + "server does not offer; upload a new version with POST /api/v1/models/NAME/versions")
    }
}
