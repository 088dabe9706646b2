import HTTPTypes
import Hummingbird
import OpenInference
import SlipwayCore
import SlipwayServices

extension InferenceRoutes {
    func inferEndpoint(at model: String) -> Endpoint {
        Endpoint(
            .post, model + "/infer",
            EndpointDocumentation(
                "Inference", "Runs a model on tensors, in JSON or binary, compressed or not.",
                parameters: [
                    .header(.inferenceHeaderContentLength, "Length of the JSON, where binary tensors follow it."),
                    .header(.contentEncoding, "gzip or deflate."), .header(.acceptEncoding, "gzip or deflate."),
                ],
                body: .init(
                    "application/json",
                    curl: "-d '{\"inputs\": [{\"name\": \"X\", \"shape\": [1, 4], \"datatype\": \"FP32\", "
                        + "\"data\": [5.1, 3.5, 1.4, 0.2]}]}'"),
                answer: .other("application/json"))
        ) { call, _ in
            let body = try await InferenceBody.receive(
                call.request, limit: services.configuration.limits.maximumJSONBytes)
            let version = try await version(call)
            let request = try await inferenceRequest(body, for: version)
            let outputs = try await models.infer(
                version, inputs: request.inputs.map(Tensor.init), outputs: request.outputNames)
            let response = InferenceResponse(
                modelName: version.name, modelVersion: "\(version.version)", id: request.id,
                outputs: try outputs.map { try InferenceOutput($0, answering: request) })
            return try await .inference(response, by: version, for: call.request)
        }
    }

    private func inferenceRequest(_ body: InferenceBody, for version: ModelVersion) async throws -> InferenceRequest {
        guard body.jsonLength == 0 else {
            return try InferenceRequest.parse(body: body.bytes, jsonLength: body.jsonLength)
        }
        let inputs = try await signature(of: version).inputs.map(TensorMetadata.init)
        return try InferenceRequest.parse(raw: body.bytes, inputs: inputs)
    }
}
