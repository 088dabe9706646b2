import Foundation
import HTTPTypes
import Hummingbird
import Multipart
import NIOCore
import SlipwayAPI
import SlipwayCore
import SlipwayServer
import SlipwayServices

extension MLBuffetDialect {
    var uploadEndpoints: [Endpoint] {
        let body = EndpointDocumentation.Body(
            "multipart/form-data", curl: "-F path=@iris.onnx -F library_version=onnx -F model_description=Iris")
        let answer = EndpointDocumentation.Answer.json(
            MLBuffetAnswer(.created, "File iris.onnx saved with the tag iris.onnx"), status: 201)
        return [
            endpoint(
                .put, "/api/v1/models/{tag}",
                EndpointDocumentation(Self.group, "Uploads the tag's next version.", body: body, answer: answer),
                respond: upload),
            endpoint(
                .post, "/api/v1/models/{tag}",
                EndpointDocumentation(
                    Self.group,
                    "Uploads the tag's next version; or, with {\"model_description\"}, edits its description.",
                    body: body, answer: answer)
            ) { call, user in
                FormReading.isMultipart(call.request) ? try await upload(call, user) : try await describe(call, user)
            },
        ]
    }

    /// What the old server takes.
    private static let extensions = ["h5", "onnx", "pkl", "pt", "pmml", "pb", "mlmodel", "zip"]

    @Sendable private func upload(_ call: Call, _ user: User) async throws -> Response {
        let tag = try ModelTag(call)
        guard tag.selector == nil else {
            throw Problem.unprocessable("The tag must not name a version: each upload is the tag's next one")
        }
        try await services.models.checkUpload(of: tag.name, as: user)
        guard FormReading.isMultipart(call.request) else {
            throw Problem.unprocessable("No file path (named 'path') specified")
        }
        let bundle = try await services.models.beginBundle(as: user)
        do {
            let form = try await receive(call, bundle)
            guard let filename = form.filename else {
                throw Problem.unprocessable("No file path (named 'path') specified")
            }
            if form.isZip { _ = try await bundle.unpack(.zip) }
            _ = try await bundle.publish(
                name: tag.name, description: form.fields["model_description"],
                library: form.fields["library_version"] ?? form.fields["ml_library"])
            return try MLBuffetAnswer(.created, "File \(filename) saved with the tag \(tag.name)").response()
        } catch {
            await bundle.discard()
            throw error
        }
    }

    private struct Form {
        /// The model's file as it is stored.
        var filename: String?
        var isZip = false
        var fields: [String: String] = [:]
    }

    private func receive(_ call: Call, _ bundle: ModelBundle) async throws -> Form {
        var form = Form()
        var field: (name: String, text: ByteBuffer)?
        for try await event in try FormReading.parts(of: call, limits: services.configuration.limits) {
            switch event {
            case .partBegan(let head) where head.name == "path":
                guard form.filename == nil else { throw Problem.unprocessable("The form has 'path' twice") }
                (form.filename, form.isZip) = try await begin(head, bundle)
                field = nil
            case .partBegan(let head):
                guard head.filename == nil else {
                    throw Problem.unprocessable("The model's file must be named 'path', not '\(head.name.prefix(100))'")
                }
                field = (head.name, ByteBuffer())
            case .body(var bytes):
                if field == nil { try await bundle.write(bytes) } else { field?.text.writeBuffer(&bytes) }
            case .partEnded:
                if let field { form.fields[field.name] = String(buffer: field.text) } else { try await bundle.end() }
            case .finished: break
            }
        }
        return form
    }

    private func begin(_ head: MultipartPartHead, _ bundle: ModelBundle) async throws -> (String, isZip: Bool) {
        let name = head.filename ?? ""
        let suffix = (name as NSString).pathExtension.lowercased()
        guard Self.extensions.contains(suffix) else {
            let list = Self.extensions.map { "'.\($0)'" }.joined(separator: ", ")
            throw Problem(.unsupportedMediaType, "Filename extension not allowed. Please use one of these: [\(list)]")
        }
        guard suffix == "zip" else { return (try await bundle.beginFile(name, field: "path"), false) }
        await bundle.beginArchive()
        return (String(name.split(separator: "/").last ?? "model.zip"), true)
    }
}
