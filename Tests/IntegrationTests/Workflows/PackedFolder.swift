import ArchiveSamples
import Foundation
import SlipwayAPI

/// A folder as a user packs, uploads and submits it.
struct PackedFolder: Sendable {
    var name = "luca"
    /// Contents by path in the archive.
    var members: [(path: String, text: String)] = [
        ("to_upload/files_local.txt", "signal.root\n"), ("to_upload/labels_local.txt", "1\n"),
        ("to_upload/ex_keras_model.py", "def model(idim):\n    raise NotImplementedError\n"),
        ("to_upload/params_local.json", #"{"nevts": -1}"#),
    ]

    /// A server for folders whose jobs wait until they are released, in an image that every machine has.
    static func settings(leftoverAge: Int = 900) -> ServerSettings {
        ServerSettings(
            tools: ["sbatch": "#!/bin/sh\nPATH='$REAL' exec sbatch --hold \"$@\"\n"],
            lines: ["leftover_age: \(leftoverAge)", "mlaas4hep: {image: sklearn_sample_latest}"])
    }

    func archive(isCompressed: Bool = true) -> Data {
        var tar = TarBuilder()
        for (path, text) in members { tar.add(path, Array(text.utf8)) }
        return Data(isCompressed ? Gzip.stored(tar.finished) : tar.finished)
    }

    @discardableResult
    func upload(to server: TestServer, as person: Person = .ada, isCompressed: Bool = true) async throws -> HTTPAnswer {
        var form = MultipartForm()
        form.add(file: "folder.tar.gz", archive(isCompressed: isCompressed), part: "file", type: "application/gzip")
        return try await server.post("/mlaas4hep/upload?name=\(name)", form: form, as: person)
    }

    func submit(
        to server: TestServer, as person: Person = .ada, files: String = "files_local.txt", device: String = "cpu"
    ) async throws -> HTTPAnswer {
        try await server.post(
            "/mlaas4hep/submit",
            json: """
                {"name": "\(name)", "device": "\(device)", "memory": "1gb", "cpus": "1", "files": "\(files)",
                "labels": "labels_local.txt", "model": "ex_keras_model.py", "params": "params_local.json"}
                """, as: person)
    }

    /// The name of a process that is submitted; throws `TestFailure` where it is refused. A server that lets little time
    /// pass before it takes something for left over may ask to try again.
    func process(on server: TestServer) async throws -> String {
        let answer = try await Patience.value("the folder is submitted") {
            let answer = try await submit(to: server)
            return answer.status == 503 ? nil : try answer.object()
        }
        guard case .string(let name)? = answer["process_name"] else { throw TestFailure("no process in \(answer)") }
        return name
    }

    func delete(_ what: String, on server: TestServer, as person: Person = .ada) async throws -> HTTPAnswer {
        try await server.get("/mlaas4hep/delete_\(what)?name=\(name)", as: person)
    }

    func path(on server: TestServer, version: Int) -> String { "\(server.folder)/uploads/\(name)/\(version)" }

    /// Paths of the files of a version, sorted, and nothing where it is gone.
    func files(on server: TestServer, version: Int) -> [String] {
        let path = path(on: server, version: version)
        return (FileManager.default.subpaths(atPath: path) ?? []).filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }
}
