import AsyncHTTPClient
package import NIOCore
import NIOHTTP1

extension RemoteServer {
    /// Inputs and outputs of a model.
    package func metadata(of model: ModelSelector) async throws -> Answer<InferenceMetadata> {
        try await answer(to: request(.GET, model.inferencePath))
    }

    /// Posts a request of the Open Inference Protocol and returns the reply as it came.
    package func infer(_ model: ModelSelector, request body: ByteBuffer) async throws -> ByteBuffer {
        var request = request(.POST, model.inferencePath + ["infer"])
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(body)
        return try await bytes(request)
    }
}

extension ModelSelector {
    fileprivate var inferencePath: [String] {
        ["v2", "models", name] + (version.map { ["versions", $0] } ?? [])
    }
}
