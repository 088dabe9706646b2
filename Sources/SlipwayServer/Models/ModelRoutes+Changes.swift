import Foundation
import HTTPTypes
import Hummingbird
import NIOFoundationCompat
import SlipwayAPI
import SlipwayCore
import SlipwayServices

extension ModelRoutes {
    var changingEndpoints: [Endpoint] {
        [
            Endpoint(
                .post, "/api/v1/models/{name}/versions",
                EndpointDocumentation(
                    "Models", "Uploads a new version: a .tar.gz, or a bare file whose name is given.",
                    parameters: [.query("filename", "Name of a bare file, as model.onnx.")],
                    body: .init(
                        "application/gzip", curl: "-X POST -H \"Content-Type: application/gzip\" -T model.tar.gz"),
                    answer: .json(Samples.version, status: 201)),
                respond: upload),
            Endpoint(
                .put, "/api/v1/models/{name}/aliases/{alias}",
                EndpointDocumentation(
                    "Models", "Points an alias at a version.",
                    body: .init("application/json", curl: "-d '{\"version\": 3}'"), answer: .other("", status: 204)),
                respond: setAlias),
            Endpoint(
                .delete, "/api/v1/models/{name}/aliases/{alias}",
                EndpointDocumentation("Models", "Removes an alias.", answer: .other("", status: 204))
            ) { call, user in
                try await models.removeAlias(call.parameter("alias"), of: call.parameter("name"), as: user)
                return Response(status: .noContent)
            },
            Endpoint(
                .delete, "/api/v1/models/{name}",
                EndpointDocumentation(
                    "Models", "Removes a model with all its versions.",
                    answer: .json(ModelDeletionAnswer(name: "wine", removed: [1, 2])))
            ) { call, user in
                try await delete(call, version: nil, as: user)
            },
            Endpoint(
                .delete, "/api/v1/models/{name}/versions/{version}",
                EndpointDocumentation(
                    "Models", "Removes one version.", answer: .json(ModelDeletionAnswer(name: "wine", removed: [2])))
            ) { call, user in
                let text = try call.parameter("version")
                guard let version = Int(text), version > 0 else {
                    throw Problem(parameter: "version", value: text, "must be the version's number, not an alias.")
                }
                return try await delete(call, version: version, as: user)
            },
        ]
    }

    @Sendable private func upload(_ call: Call, _ user: User) async throws -> Response {
        let request = call.request
        let limits = services.configuration.limits
        try UploadLimit.check(request, maximumBytes: limits.maximumPartBytes)
        let upload = try await models.beginUpload(
            name: call.parameter("name"), filename: filename(call), as: user)
        do {
            var received: Int64 = 0
            for try await piece in request.body {
                received += Int64(piece.readableBytes)
                guard received <= limits.maximumPartBytes else {
                    throw UploadLimit.tooLarge("is longer than that", limits.maximumPartBytes)
                }
                try await upload.write(piece)
            }
            if let header = request.headers[.contentLength], let length = Int64(header), length != received {
                throw Problem(.badRequest, "The body was cut off after \(received) of \(length) bytes.")
            }
            let version = ModelVersionAnswer(try await upload.finish())
            return try .json(version, status: .created, headers: [.location: version.links["self"] ?? ""])
        } catch {
            await upload.discard()
            throw error
        }
    }

    /// The name of a bare file; nil for an archive.
    private func filename(_ call: Call) throws -> String? {
        let named =
            call.query["filename"] ?? ContentDisposition.filename(in: call.request.headers[.contentDisposition])
        let type = call.request.headers[.contentType] ?? "application/octet-stream"
        switch type.prefix(while: { $0 != ";" }).lowercased().trimmingCharacters(in: .whitespaces) {
        case "application/gzip", "application/x-gzip", "application/x-tar+gzip": return nil
        // The second is what curl says of --data-binary when nobody tells it better.
        case "application/octet-stream", "application/x-www-form-urlencoded":
            guard let named else {
                throw Problem(
                    parameter: "filename", value: nil,
                    "is missing: give ?filename=model.onnx, or send a .tar.gz as application/gzip.")
            }
            return named.hasSuffix(".tar.gz") || named.hasSuffix(".tgz") ? nil : named
        default:
            throw Problem(
                .unsupportedMediaType,
                "The Content-Type is “\(type)”; send a .tar.gz as application/gzip, or a bare file as "
                    + "application/octet-stream with ?filename=.")
        }
    }

    @Sendable private func setAlias(_ call: Call, _ user: User) async throws -> Response {
        let body = try await call.request.body.collect(upTo: 16 * 1024)
        guard let request = try? JSONDecoder().decode(AliasRequest.self, from: body) else {
            throw Problem(.badRequest, "The body must be {\"version\": NUMBER}.")
        }
        try await models.setAlias(
            call.parameter("alias"), of: call.parameter("name"), to: request.version, as: user)
        return Response(status: .noContent)
    }

    private func delete(_ call: Call, version: Int?, as user: User) async throws -> Response {
        let name = try call.parameter("name")
        return try .json(
            ModelDeletionAnswer(name: name, removed: try await models.delete(name: name, version: version, as: user)))
    }
}
