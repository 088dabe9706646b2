import Foundation
import HTTPTypes
import Hummingbird
import Multipart
import NIOCore
import SlipwayAPI
import SlipwayCore
import SlipwayServer
import SlipwayServices

extension TFaaSDialect {
    var uploadEndpoints: [Endpoint] {
        [
            endpoint(
                .post, "/upload",
                EndpointDocumentation(
                    Self.group,
                    "Uploads a model's next version: a form of name, params, model and labels, or a tarball whose one "
                        + "folder is the model's name.",
                    body: .init(
                        "multipart/form-data",
                        curl: "-F name=MODEL -F params=@params.json -F model=@model.pb -F labels=@labels.txt"),
                    answer: .other(""))
            ) { call, user in
                let bundle = try await services.models.beginBundle(as: user)
                do {
                    let name =
                        FormReading.isMultipart(call.request)
                        ? try await receiveForm(call, bundle) : try await receiveArchive(call, bundle)
                    let version = try await bundle.publish(name: name)
                    // As in the old server, what was uploaded last is meant by requests that name no model.
                    try await services.models.setDefaultModel(version.name, of: user)
                    return Response(status: .ok)
                } catch {
                    await bundle.discard()
                    throw error
                }
            }
        ]
    }

    /// - Returns: The model's name.
    private func receiveForm(_ call: Call, _ bundle: ModelBundle) async throws -> String {
        var form = TFaaSUploadForm(
            bundle: bundle, isBase64: call.request.headers[.contentEncoding]?.lowercased() == "base64")
        for try await event in try FormReading.parts(of: call, limits: services.configuration.limits) {
            switch event {
            case .partBegan(let head): try await form.begin(head)
            case .body(let bytes): try await form.write(bytes)
            case .partEnded: try await form.end()
            case .finished: break
            }
        }
        return try await form.finish()
    }

    /// - Returns: The model's name: the archive's one folder, or what its `params.json` says.
    private func receiveArchive(_ call: Call, _ bundle: ModelBundle) async throws -> String {
        let limit = services.configuration.limits.maximumPartBytes
        try UploadLimit.check(call.request, maximumBytes: limit)
        await bundle.beginArchive()
        var received: Int64 = 0
        for try await piece in call.request.body {
            received += Int64(piece.readableBytes)
            guard received <= limit else { throw UploadLimit.tooLarge("is longer than that", limit) }
            try await bundle.write(piece)
        }
        guard received > 0 else {
            throw Problem(
                .badRequest, "The request has no body: send a form, or a tarball with --data-binary @model.tar.gz.")
        }
        try await bundle.end()
        if let folder = try await bundle.unpack(.tar) { return folder }
        let parameters = try await bundle.contents(of: "params.json", limit: TFaaSUploadForm.parametersLimit)
        guard let name = TFaaSParameters(parameters)?.name, !name.isEmpty else {
            throw Problem(
                .badRequest,
                "The archive does not name its model: pack one folder of that name, or a params.json with “name”.")
        }
        return name
    }
}
