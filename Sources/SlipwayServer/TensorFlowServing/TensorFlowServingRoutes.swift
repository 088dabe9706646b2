import HTTPTypes
import Hummingbird
import NIOCore
import OpenInference
import SlipwayCore
import SlipwayServices

/// TensorFlow Serving's REST API, for models of every format: a model has the one signature `serving_default`.
struct TensorFlowServingRoutes: RouteRegistration {
    let services: Services

    var models: ModelService { services.models }
    var errorStyle: ErrorStyle { .errorMember }
    var prefixes: [String] { ["/v1/models"] }

    var endpoints: [Endpoint] {
        let model = "/v1/models/{name}"
        return [model, model + "/versions/{version}", model + "/labels/{label}"].flatMap { path in
            [statusEndpoint(at: path), metadataEndpoint(at: path), callEndpoint(at: path)]
        }
    }

    /// The version that a path names by its number or an alias; nil where it names none.
    ///
    /// - Parameters:
    ///   - version: The last part of the path where it follows `/versions/`.
    ///   - label: The same after `/labels/`.
    /// - Throws: `SlipwayError` of code `notFound`; `Problem` with status 400 for a version that is no number.
    func namedVersion(of name: String, version: String?, label: String?) async throws -> ModelVersion? {
        if let version {
            guard let number = Int(version), number > 0 else {
                throw Problem(
                    parameter: "version", value: version, "must be a number; an alias goes under /labels/.")
            }
            return try await models.version("\(number)", of: name)
        }
        guard let label else { return nil }
        guard Int(label) == nil else {
            throw Problem(.notFound, "A label is an alias, not a number; version \(label) is under /versions/.")
        }
        return try await models.version(label, of: name)
    }

    /// The version that a path names, else the model's default.
    func version(_ call: Call) async throws -> ModelVersion {
        let name = try call.parameter("name")
        let named = try await namedVersion(
            of: name, version: call.optional("version"), label: call.optional("label"))
        if let named { return named }
        return try await models.version(nil, of: name)
    }

    func signature(of version: ModelVersion) async throws -> ModelSignature {
        if let signature = version.signature { return signature }
        return try await models.signature(of: version)
    }

    private func statusEndpoint(at path: String) -> Endpoint {
        Endpoint(
            .get, path,
            EndpointDocumentation(
                "TensorFlow Serving", "Whether a model's versions can be asked for predictions.",
                answer: .other("application/json"))
        ) { call, _ in
            let name = try call.parameter("name")
            let named = try await namedVersion(
                of: name, version: call.optional("version"), label: call.optional("label"))
            let versions = if let named { [named] } else { try await models.versions(of: name) }
            var status: [ServingStatus.Version] = []
            for (version, state) in zip(versions, models.states(of: versions)) {
                let problem = try await models.problem(of: version, state: state, isTried: false)
                status.append(ServingStatus.Version(version: version.version, problem: problem))
            }
            return .openInference { ServingStatus(status).write(into: &$0) }
        }
    }

    private func metadataEndpoint(at path: String) -> Endpoint {
        Endpoint(
            .get, path + "/metadata",
            EndpointDocumentation(
                "TensorFlow Serving", "A model's inputs and outputs, as the signature serving_default.",
                answer: .other("application/json"))
        ) { call, _ in
            let version = try await version(call)
            let signature = try await signature(of: version)
            let metadata = ServingMetadata(
                name: version.name, version: version.version, inputs: signature.inputs.map(TensorMetadata.init),
                outputs: signature.outputs.map(TensorMetadata.init))
            return .openInference { metadata.write(into: &$0) }
        }
    }
}

extension Call {
    /// A part of the path that only some of a handler's templates name, percent-decoded.
    func optional(_ name: String) throws -> String? {
        context.parameters.get(name) == nil ? nil : try parameter(name)
    }
}
