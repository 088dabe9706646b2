import HTTPTypes
import Hummingbird
import NIOCore
import OpenInference
import SlipwayAPI
import SlipwayCore
import SlipwayServices

/// The Open Inference Protocol version 2 over REST, with JSON tensors.
struct InferenceRoutes: RouteRegistration {
    let services: Services

    var errorStyle: ErrorStyle { .errorMember }
    var prefixes: [String] { ["/v2"] }

    var endpoints: [Endpoint] {
        var endpoints = [
            Endpoint(
                open: .get, "/v2",
                EndpointDocumentation(
                    "Inference", "The server and the extensions of the protocol that it offers.",
                    answer: .other("application/json"))
            ) { _ in
                .openInference {
                    ServerMetadata(name: "slipway", version: SlipwayVersion.current, extensions: []).write(into: &$0)
                }
            },
            Endpoint(
                open: .get, "/v2/health/live",
                EndpointDocumentation("Inference", "Whether the process answers.", answer: .other("application/json"))
            ) { _ in .openInference { Health.live(true).write(into: &$0) } },
            Endpoint(
                open: .get, "/v2/health/ready",
                EndpointDocumentation(
                    "Inference", "Whether the server can answer inferences.", answer: .other("application/json"))
            ) { _ in
                let isReady = await services.health.readiness().allSatisfy { $0.isHealthy || !$0.isRequired }
                return .openInference(status: isReady ? .ok : .serviceUnavailable) {
                    Health.ready(isReady).write(into: &$0)
                }
            },
        ]
        for model in ["/v2/models/{name}", "/v2/models/{name}/versions/{version}"] {
            endpoints += modelEndpoints(at: model)
        }
        return endpoints
    }

    private func modelEndpoints(at model: String) -> [Endpoint] {
        [
            Endpoint(
                .get, model,
                EndpointDocumentation(
                    "Inference", "The inputs and outputs of a model.", answer: .other("application/json")),
                respond: metadata),
            Endpoint(
                .get, model + "/ready",
                EndpointDocumentation(
                    "Inference", "Whether a model can be run; 400 where it cannot.", answer: .other("application/json")),
                respond: readiness),
            Endpoint(
                .post, model + "/infer",
                EndpointDocumentation(
                    "Inference", "Runs a model on tensors.",
                    body: .init(
                        "application/json",
                        curl: "-d '{\"inputs\": [{\"name\": \"X\", \"shape\": [1, 4], \"datatype\": \"FP32\", "
                            + "\"data\": [5.1, 3.5, 1.4, 0.2]}]}'"),
                    answer: .other("application/json")),
                respond: infer),
        ]
    }

    private func version(_ call: Call) async throws -> ModelVersion {
        let selector = call.context.parameters.get("version") == nil ? nil : try call.parameter("version")
        return try await services.models.version(selector, of: call.parameter("name"))
    }

    @Sendable private func metadata(_ call: Call, _ user: User) async throws -> Response {
        let version = try await version(call)
        let versions =
            call.context.parameters.get("version") == nil
            ? try await services.models.versions(of: version.name).map { String($0.version) }
            : [String(version.version)]
        let signature = try await signature(of: version)
        let metadata = ModelMetadata(
            name: version.name, versions: versions, platform: services.models.platform(of: version),
            inputs: signature.inputs.map(TensorMetadata.init), outputs: signature.outputs.map(TensorMetadata.init))
        return .openInference { metadata.write(into: &$0) }
    }

    private func signature(of version: ModelVersion) async throws -> ModelSignature {
        if let signature = version.signature { return signature }
        return try await services.models.signature(of: version)
    }

    @Sendable private func readiness(_ call: Call, _ user: User) async throws -> Response {
        let version = try await version(call)
        var isReady = await services.models.engines().contains { $0.problem == nil }
        do {
            _ = try await services.models.signature(of: version)
        } catch let error as SlipwayError where error.code != .internal {
            isReady = false
        }
        return .openInference(status: isReady ? .ok : .badRequest) {
            Health.modelReady(isReady, name: version.name).write(into: &$0)
        }
    }

    @Sendable private func infer(_ call: Call, _ user: User) async throws -> Response {
        if call.request.headers[.inferenceHeaderContentLength] != nil {
            throw Problem(.notImplemented, "Binary tensors are not offered; send the tensors as JSON.")
        }
        let limit = services.configuration.limits.maximumJSONBytes
        try UploadLimit.check(call.request, maximumBytes: Int64(limit))
        let body = try await call.request.body.collect(upTo: limit)
        let request = try InferenceRequest.parse(body)
        let version = try await version(call)
        let outputs = try await services.models.infer(
            version, inputs: request.inputs.map(Tensor.init), outputs: request.outputs?.map(\.name))
        let response = InferenceResponse(
            modelName: version.name, modelVersion: String(version.version), id: request.id,
            outputs: outputs.map(InferenceOutput.init))
        return .openInference { response.write(into: &$0) }
    }
}
