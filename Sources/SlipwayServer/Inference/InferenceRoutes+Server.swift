import HTTPTypes
import Hummingbird
import OpenInference
import SlipwayAPI
import SlipwayServices

extension InferenceRoutes {
    /// Those of Triton's extensions that are there, whole.
    static let extensions = [
        "binary_tensor_data", "classification", "model_configuration", "model_repository",
        "model_repository(unload_dependents)", "parameters", "statistics",
    ]

    var serverEndpoints: [Endpoint] {
        [
            Endpoint(
                open: .get, "/v2",
                EndpointDocumentation(
                    "Inference", "The server and the extensions of the protocol that it offers.",
                    answer: .other("application/json"))
            ) { _ in
                .openInference {
                    ServerMetadata(name: "slipway", version: SlipwayVersion.current, extensions: Self.extensions)
                        .write(into: &$0)
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
    }
}
