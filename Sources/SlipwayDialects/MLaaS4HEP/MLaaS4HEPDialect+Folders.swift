import HTTPTypes
import Hummingbird
import SlipwayCore
import SlipwayServer
import SlipwayServices

extension MLaaS4HEPDialect {
    /// The greeting, and folders of files to train from.
    var folderEndpoints: [Endpoint] {
        let deletions: [HTTPRequest.Method] = [.get, .delete]
        return [
            endpoint(
                .get, "/hello",
                EndpointDocumentation(Self.group, "Whether the server answers.", answer: .other("text/plain"))
            ) { _, _ in .text("Hello World\n") },
            endpoint(
                .post, "/upload",
                EndpointDocumentation(
                    Self.group, "Uploads a folder's next version: a .tar.gz of one folder, whatever that is called.",
                    parameters: [.query("name", "The folder's name.")],
                    body: .init("multipart/form-data", curl: "-F file=@folder_to_upload.tar.gz"),
                    answer: .other("text/plain")),
                respond: upload),
        ]
            + deletions.map { method in
                endpoint(
                    method, "/delete_specs",
                    EndpointDocumentation(
                        Self.group, "Forgets what trainings found out about the folder's files.",
                        parameters: [.query("name", "The folder's name.")], answer: .other("text/plain"))
                ) { call, user in
                    try await services.workflows.deleteSpecs(of: folder(toChangeBy: call), for: user)
                    return .text("Specs deletion completed!\n")
                }
            }
            + deletions.map { method in
                endpoint(
                    method, "/delete_folder",
                    EndpointDocumentation(
                        Self.group, "Removes the folder; its processes and models stay.",
                        parameters: [.query("name", "The folder's name.")], answer: .other("text/plain"))
                ) { call, user in
                    try await services.workflows.deleteFolder(folder(toChangeBy: call), for: user)
                    return .text("Folder deletion completed!\n")
                }
            }
    }

    @Sendable private func upload(_ call: Call, _ user: User) async throws -> Response {
        try FileForm.check(call)
        guard let name = call.query["name"], !name.isEmpty else {
            throw Problem(.badRequest, "No name was provided ")
        }
        let upload = try await services.workflows.beginUpload(name, for: user)
        do {
            try await FileForm.receive(
                call, limits: services.configuration.limits, begin: { try await upload.begin(filename: $0) },
                write: { try await upload.write($0) }, end: {})
            _ = try await upload.finish()
        } catch {
            await upload.discard()
            throw error
        }
        return .text("Successfully uploaded!\n")
    }

    /// - Throws: `Problem` with status 405 for HEAD, which must not change anything though the old API's GET does.
    private func folder(toChangeBy call: Call) throws -> String {
        guard call.request.method != .head else {
            throw Problem(.methodNotAllowed, "Ask with GET or DELETE.", headers: [.allow: "DELETE, GET"])
        }
        return try required("name", of: call, example: "name=luca")
    }
}
