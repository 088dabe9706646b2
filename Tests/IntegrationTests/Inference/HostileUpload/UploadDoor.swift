import ArchiveSamples
import Foundation
import SlipwayAPI

/// A way by which an archive with a model comes in.
enum UploadDoor: String, CaseIterable, Sendable {
    /// `POST /api/v1/models/NAME/versions`.
    case native
    /// TFaaS's `POST /upload` with a tarball as its body.
    case tfaas
    /// MLBuffet's `PUT /api/v1/models/NAME` with a zip.
    case mlbuffet

    var takesZip: Bool { self == .mlbuffet }

    func send(_ archive: Data, to server: TestServer) async throws -> HTTPAnswer {
        switch self {
        case .native:
            return try await server.send(
                "POST", "/api/v1/models/hostile/versions", body: archive, contentType: "application/gzip")
        case .tfaas:
            return try await server.send(
                "POST", "/tfaas/upload", body: archive, contentType: "application/octet-stream",
                headers: ["Content-Encoding": "gzip"])
        case .mlbuffet:
            var form = MultipartForm()
            form.add(file: "model.zip", archive, part: "path", type: "application/zip")
            return try await server.send(
                "PUT", "/mlbuffet/api/v1/models/hostile", body: form.body, contentType: form.contentType)
        }
    }

    /// What a refusal says, in the door's own shape; throws `TestFailure` for anything else.
    func words(of refusal: HTTPAnswer, to name: String) throws -> String {
        guard (400..<500).contains(refusal.status) else {
            throw TestFailure("the answer to “\(name)” is \(refusal.status): \(refusal.text)")
        }
        let members = try refusal.object(status: refusal.status)
        switch self {
        case .native:
            guard refusal.headers["content-type"] == "application/problem+json",
                case .string(let detail)? = members["detail"]
            else { throw TestFailure("no problem for “\(name)”: \(refusal.text)") }
            return detail
        case .tfaas:
            guard Set(members.keys) == ["error"], case .string(let error)? = members["error"] else {
                throw TestFailure("no error for “\(name)”: \(refusal.text)")
            }
            return error
        case .mlbuffet:
            guard case .object(let status)? = members["http_status"], status["code"] == .integer(Int64(refusal.status)),
                case .string(let description)? = status["description"]
            else { throw TestFailure("no envelope for “\(name)”: \(refusal.text)") }
            return description
        }
    }

    /// An archive that the door takes: one folder with a file of a format that nobody serves.
    var goodArchive: Data {
        if takesZip {
            var zip = ZipBuilder()
            zip.add("hostile/model.pmml", Array("<PMML/>".utf8))
            return Data(zip.finished)
        }
        var tar = TarBuilder()
        tar.add("hostile/model.pmml", Array("<PMML/>".utf8))
        return Data(Gzip.stored(tar.finished))
    }
}
