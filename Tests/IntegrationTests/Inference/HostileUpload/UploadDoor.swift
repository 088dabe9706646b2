import ArchiveSamples
import Foundation
import SlipwayAPI

/// A way by which an archive comes in: with a model, or with a folder to train from.
enum UploadDoor: String, CaseIterable, Sendable {
    /// `POST /api/v1/models/NAME/versions`.
    case native
    /// TFaaS's `POST /upload` with a tarball as its body.
    case tfaas
    /// MLBuffet's `PUT /api/v1/models/NAME` with a zip.
    case mlbuffet
    /// MLaaS4HEP's `POST /upload`, whose archive is a folder to train from.
    case mlaas4hep

    /// The most files and folders of one archive.
    var maximumMembers: Int { self == .mlaas4hep ? 100_000 : 10_000 }

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
        case .mlaas4hep:
            var form = MultipartForm()
            form.add(file: "hostile.tar.gz", archive, part: "file", type: "application/gzip")
            return try await server.post("/mlaas4hep/upload?name=hostile", form: form)
        }
    }

    /// The number of the newest version of what was uploaded.
    func newestVersion(on server: TestServer) async throws -> Int? {
        if self == .mlaas4hep {
            let names = try FileManager.default.contentsOfDirectory(atPath: server.folder + "/uploads/hostile")
            return names.compactMap { Int($0) }.max()
        }
        let versions: ModelVersionListAnswer = try await server.get("/api/v1/models/hostile").decoded()
        return versions.versions.map(\.version).max()
    }

    /// What a refusal says, in the door's own shape; throws `TestFailure` for anything else.
    func words(of refusal: HTTPAnswer, to name: String) throws -> String {
        guard (400..<500).contains(refusal.status) else {
            throw TestFailure("the answer to “\(name)” is \(refusal.status): \(refusal.text)")
        }
        let members = try self == .mlaas4hep ? [:] : refusal.object(status: refusal.status)
        switch self {
        case .mlaas4hep:
            guard refusal.headers["content-type"] == "text/plain; charset=utf-8", refusal.text.hasSuffix("\n"),
                refusal.text.count(where: \.isNewline) == 1
            else { throw TestFailure("no sentence for “\(name)”: \(refusal.text)") }
            return refusal.text
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
