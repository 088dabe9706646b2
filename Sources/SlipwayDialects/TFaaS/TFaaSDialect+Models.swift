import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayAPI
import SlipwayCore
import SlipwayServer
import SlipwayServices

extension TFaaSDialect {
    var modelEndpoints: [Endpoint] {
        let sample = TFaaSParameters().completed(for: .sample, file: "model.pb")
        return [
            endpoint(
                .get, "/models",
                EndpointDocumentation(
                    Self.group, "Every model, with its parameters; null where there is none.", answer: .json([sample]))
            ) { _, _ in try .tfaas(json: try await allParameters()) },
            endpoint(
                .get, "/params/{model}",
                EndpointDocumentation(Self.group, "A model's parameters.", answer: .json(sample))
            ) { call, _ in
                let version = try await services.models.version(nil, of: call.parameter("model"))
                return try .tfaas(json: try await parameters(of: version))
            },
            endpoint(
                .get, "/params",
                EndpointDocumentation(
                    Self.group, "The parameters of the model that requests mean when they name none.",
                    answer: .json(sample))
            ) { _, user in
                let name = try await modelName(nil, for: user)
                return try .tfaas(json: try await parameters(of: services.models.version(nil, of: name)))
            },
            endpoint(
                .post, "/params",
                EndpointDocumentation(
                    Self.group, "Chooses the model that requests of yours mean when they name none.",
                    body: .init("application/json", curl: "-d '{\"name\": \"MODEL\"}'"), answer: .other("")),
                respond: choose),
            endpoint(
                .delete, "/delete",
                EndpointDocumentation(
                    Self.group, "Removes a model with all its versions; 200 also where there is none.",
                    body: .init("multipart/form-data", curl: "-F model=MODEL"), answer: .other(""))
            ) { call, user in
                let fields = try await FormReading.fields(of: call, limits: services.configuration.limits)
                guard let name = fields["model"], !name.isEmpty else {
                    throw Problem(.badRequest, "The form does not have “model”, the name of the model to remove.")
                }
                return try await delete(name, as: user)
            },
            endpoint(
                .delete, "/delete/{model}",
                EndpointDocumentation(
                    Self.group, "Removes a model with all its versions; 200 also where there is none.",
                    answer: .other(""))
            ) { call, user in try await delete(call.parameter("model"), as: user) },
        ]
    }

    /// Every model's parameters; null where there is no model.
    func allParameters() async throws -> JSONValue {
        var list: [JSONValue] = []
        for model in try await services.models.list() {
            var version = model.newest
            if let served = model.defaultVersion, served != version.version {
                guard let found = try? await services.models.version("\(served)", of: version.name) else { continue }
                version = found
            }
            list.append(try await parameters(of: version))
        }
        return list.isEmpty ? .null : .array(list)
    }

    private func parameters(of version: ModelVersion) async throws -> JSONValue {
        let data = try await services.models.parametersFile(of: version)
        let parameters = data.flatMap(TFaaSParameters.init) ?? TFaaSParameters()
        let file = try await services.models.mainFile(of: version, named: parameters.model)
        return .object(parameters.completed(for: version, file: file?.split(separator: "/").last.map(String.init)))
    }

    @Sendable private func choose(_ call: Call, _ user: User) async throws -> Response {
        let body = try await call.request.body.collect(upTo: TFaaSUploadForm.parametersLimit)
        guard let name = TFaaSParameters(Data(body.readableBytesView))?.name, !name.isEmpty else {
            throw Problem(.badRequest, "The body must be a JSON object with “name”, the model to choose.")
        }
        let version = try await services.models.version(nil, of: name)
        try await services.models.setDefaultModel(version.name, of: user)
        return Response(status: .ok)
    }

    private func delete(_ name: String, as user: User) async throws -> Response {
        do {
            _ = try await services.models.delete(name: name, version: nil, as: user)
        } catch let error as SlipwayError where error.code == .notFound {
            return Response(status: .ok)
        }
        if try await services.models.defaultModel(of: user) == name {
            try await services.models.setDefaultModel(nil, of: user)
        }
        return Response(status: .ok)
    }
}

extension Response {
    /// JSON and a line feed.
    static func tfaas(json: JSONValue) throws -> Response {
        var body = ByteBuffer(bytes: try WireJSON.encoder().encode(json))
        body.writeString("\n")
        return Response(
            status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: body))
    }
}

extension ModelVersion {
    /// For the documentation.
    static let sample = ModelVersion(
        name: "luca", version: 1, format: "tensorflow_graphdef", sha256: "", bytes: 1, signature: nil, task: nil,
        ownerID: User.ID(1), owner: "ada", createdAt: Samples.time, aliases: [])
}
