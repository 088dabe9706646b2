import HTTPTypes
import Hummingbird
import OpenInference
import SlipwayCore
import SlipwayServices

extension InferenceRoutes {
    func modelEndpoints(at model: String) -> [Endpoint] {
        [
            Endpoint(
                .get, model,
                EndpointDocumentation(
                    "Inference", "The inputs and outputs of a model.", answer: .other("application/json"))
            ) { call, _ in
                let version = try await version(call)
                let versions = try await versions(call).map { "\($0.version)" }
                let signature = try await signature(of: version)
                let metadata = ModelMetadata(
                    name: version.name, versions: versions, platform: models.platform(of: version),
                    inputs: signature.inputs.map(TensorMetadata.init),
                    outputs: signature.outputs.map(TensorMetadata.init))
                return .openInference { metadata.write(into: &$0) }
            },
            Endpoint(
                .get, model + "/config",
                EndpointDocumentation(
                    "Inference", "A model's inputs and outputs in the form of Triton's model configuration.",
                    answer: .other("application/json"))
            ) { call, _ in
                let version = try await version(call)
                let signature = try await signature(of: version)
                let configuration = ModelConfiguration(
                    name: version.name, platform: models.platform(of: version), version: version.version,
                    inputs: signature.inputs.map(TensorMetadata.init),
                    outputs: signature.outputs.map(TensorMetadata.init))
                return .openInference { configuration.write(into: &$0) }
            },
            Endpoint(
                .get, model + "/ready",
                EndpointDocumentation(
                    "Inference", "Whether a model can be run; 400 where it cannot.", answer: .other("application/json"))
            ) { call, _ in
                let version = try await version(call)
                let isReady = try await models.problem(of: version, state: models.state(of: version)) == nil
                return .openInference(status: isReady ? .ok : .badRequest) {
                    Health.modelReady(isReady, name: version.name).write(into: &$0)
                }
            },
        ]
    }
}
