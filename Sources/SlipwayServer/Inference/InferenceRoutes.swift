import HTTPTypes
import Hummingbird
import OpenInference
import SlipwayAPI
import SlipwayCore
import SlipwayServices

/// The Open Inference Protocol version 2 over REST, with those of Triton's extensions that `GET /v2` lists.
struct InferenceRoutes: RouteRegistration {
    let services: Services

    var models: ModelService { services.models }
    var errorStyle: ErrorStyle { .errorMember }
    var prefixes: [String] { ["/v2"] }

    var endpoints: [Endpoint] {
        serverEndpoints + repositoryEndpoints + refusedEndpoints + [allStatisticsEndpoint]
            + ["/v2/models/{name}", "/v2/models/{name}/versions/{version}"].flatMap { model in
                modelEndpoints(at: model) + [inferEndpoint(at: model), statisticsEndpoint(at: model)]
            }
    }

    /// The version that a path names: by number or alias, else the model's default.
    func version(_ call: Call) async throws -> ModelVersion {
        let selector = call.context.parameters.get("version") == nil ? nil : try call.parameter("version")
        return try await models.version(selector, of: call.parameter("name"))
    }

    func signature(of version: ModelVersion) async throws -> ModelSignature {
        if let signature = version.signature { return signature }
        return try await models.signature(of: version)
    }

    /// The versions that a path names: one, or all of the model.
    func versions(_ call: Call) async throws -> [ModelVersion] {
        if call.context.parameters.get("version") != nil { return [try await version(call)] }
        return try await models.versions(of: call.parameter("name"))
    }
}
