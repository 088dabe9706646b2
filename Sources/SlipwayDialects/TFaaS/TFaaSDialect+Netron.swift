import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayCore
import SlipwayServer
import SlipwayServices

/// A model's graph, drawn by Netron's viewer from the PyPI package's own files.
extension TFaaSDialect {
    var netronEndpoints: [Endpoint] {
        [
            endpoint(
                .get, "/netron/{model}",
                EndpointDocumentation(
                    Self.group, "A page that draws a model's graph; MODEL:N is a version.", answer: .other("text/html"))
            ) { call, _ in
                // The viewer looks for its files beside the page.
                guard call.request.uri.path.hasSuffix("/") else {
                    return .redirection(
                        to: "\(prefix)/netron/\(PathSegment.encode(try call.parameter("model")))/")
                }
                let version = try await version(call)
                guard let file = try await services.models.mainFile(of: version) else {
                    throw Problem(
                        .notFound, "The model “\(version.name)” has no single file whose graph could be drawn.")
                }
                return try await NetronViewer(services.configuration).page(
                    of: "\(version.name):\(version.version)", file: file, below: "\(prefix)/netron/")
            },
            endpoint(
                .get, "/netron/{model}/{file}",
                EndpointDocumentation(Self.group, "A file of the viewer.", answer: .other("text/javascript"))
            ) { call, _ in
                try await NetronViewer(services.configuration).file(call.parameter("file"), for: call.request)
            },
            endpoint(
                .get, "/netron/{model}/data/**",
                EndpointDocumentation(
                    Self.group, "A file of the model, for the viewer.", answer: .other("application/octet-stream"))
            ) { call, _ in
                let version = try await version(call)
                let path = try call.remainingPath()
                guard let file = try await services.models.file(path, of: version) else {
                    throw Problem(.notFound, "The model “\(version.name)” has no file “\(path.prefix(200))”.")
                }
                return try .file(
                    file, for: call.request, contentType: "application/octet-stream", tag: nil, isDownload: true)
            },
        ]
    }

    private func version(_ call: Call) async throws -> ModelVersion {
        let parts = try call.parameter("model").split(separator: ":", maxSplits: 1).map(String.init)
        return try await services.models.version(parts.count == 2 ? parts[1] : nil, of: parts.first ?? "")
    }
}
