import NIOHTTP1
package import SlipwayAPI

extension RemoteServer {
    package func models() async throws -> Answer<ModelListAnswer> {
        try await answer(to: request(.GET, ["api", "v1", "models"]))
    }

    /// All versions of a model, newest first.
    package func versions(of name: String) async throws -> Answer<ModelVersionListAnswer> {
        try await answer(to: request(.GET, ["api", "v1", "models", name]))
    }
}
