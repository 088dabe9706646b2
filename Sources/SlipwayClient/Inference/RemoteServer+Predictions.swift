import AsyncHTTPClient
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
package import SlipwayAPI

extension RemoteServer {
    /// Asks a model.
    ///
    /// - Parameters:
    ///   - isRaw: The values of a table are as they were before the scaling of the training.
    ///   - outputs: The names of the wanted outputs; all where empty.
    package func predict(
        _ model: ModelSelector, _ question: PredictionQuestion, isRaw: Bool = false, outputs: [String] = []
    ) async throws -> Answer<PredictionAnswer> {
        var query: [(name: String, value: String?)] = []
        if isRaw { query.append(("raw", "true")) }
        if let hasHeader = question.hasHeader { query.append(("header", "\(hasHeader)")) }
        if !outputs.isEmpty { query.append(("outputs", outputs.joined(separator: ","))) }
        let path = ["api", "v1", "models", model.name] + (model.version.map { ["versions", $0] } ?? []) + ["predict"]
        var request = request(.POST, path, query: query)
        request.headers.add(name: "Content-Type", value: question.contentType)
        request.body = .bytes(ByteBuffer(data: question.body))
        return try await answer(to: request)
    }
}
