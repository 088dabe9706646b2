import HTTPTypes
import Hummingbird
import NIOCore
import OpenInference
import SlipwayCore
import SlipwayServices

extension TensorFlowServingRoutes {
    /// `POST …:predict`: what the last part of the path ends in says what is asked for.
    func callEndpoint(at path: String) -> Endpoint {
        Endpoint(
            .post, path,
            EndpointDocumentation(
                "TensorFlow Serving",
                "Runs a model: the path's last part ends in “:predict”, as /v1/models/NAME:predict.",
                body: .init("application/json", curl: "-d '{\"instances\": [[5.1, 3.5, 1.4, 0.2]]}'"),
                answer: .other("application/json"))
        ) { call, _ in
            try await predict(ServingCall(call), call)
        }
    }

    private func predict(_ target: ServingCall, _ call: Call) async throws -> Response {
        switch target.verb {
        case "predict": break
        case "classify", "regress":
            throw Problem(
                .notImplemented,
                "“:\(target.verb)” takes tf.Example records, which this server does not offer; ask with :predict.")
        default:
            throw Problem(.notFound, "There is no “:\(target.verb.prefix(60))”; a model is asked with :predict.")
        }
        let body = try await InferenceBody.receive(
            call.request, limit: services.configuration.limits.maximumJSONBytes)
        let named = try await namedVersion(of: target.name, version: target.version, label: target.label)
        let version = if let named { named } else { try await models.version(nil, of: target.name) }
        let inputs = try await signature(of: version).inputs.map(TensorMetadata.init)
        let request = try PredictRequest.parse(body.bytes, inputs: inputs)
        let outputs = try await models.infer(version, inputs: request.inputs.map(Tensor.init), outputs: nil)
        let response = PredictResponse(
            format: request.format,
            outputs: outputs.map { output in
                InferenceOutput(name: output.name, shape: output.shape, data: TensorData(output.values))
            })
        var answer = ByteBuffer()
        try response.write(into: &answer)
        var headers = HTTPFields(producedBy: version)
        headers[.contentType] = "application/json"
        return try await .compressed(answer, headers: headers, for: call.request)
    }
}
