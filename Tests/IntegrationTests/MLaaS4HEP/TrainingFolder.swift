import ArchiveSamples
import Foundation
import SlipwayAPI

/// A folder that a test uploads, as MLaaS4HEP's users pack theirs.
struct TrainingFolder: Sendable {
    /// Content by path.
    var files: [String: String]

    /// All that a submission names, with data that nobody reads and a model that is none: for what is asked before a
    /// training begins, and for scripts in the model's place.
    static func scripted(_ script: String = "raise SystemExit('no model')\n") -> TrainingFolder {
        TrainingFolder(files: [
            "files.txt": "events.csv\n", "labels.txt": "1\n", "params.json": "{\"nevts\": -1}\n",
            "model.py": script,
            "events.csv": "a,b\n1,2\n3,4\n",
        ])
    }

    /// What is submitted from such a folder.
    ///
    /// - Parameter changes: JSON values by member, instead of the usual ones.
    static func request(_ name: String, _ changes: [String: String] = [:]) -> String {
        let usual = [
            "name": "\"\(name)\"", "device": "\"cpu\"", "memory": "\"2gb\"", "cpus": "\"1\"",
            "files": "\"files.txt\"", "labels": "\"labels.txt\"", "model": "\"model.py\"", "params": "\"params.json\"",
        ]
        let members = usual.merging(changes) { $1 }.map { "\"\($0.key)\": \($0.value)" }
        return "{\(members.joined(separator: ", "))}"
    }

    var archive: Data {
        var tar = TarBuilder()
        for (path, text) in files.sorted(by: { $0.key < $1.key }) { tar.add("folder/\(path)", Array(text.utf8)) }
        return Data(Gzip.stored(tar.finished))
    }

    var form: MultipartForm {
        var form = MultipartForm()
        form.add(file: "folder.tar.gz", archive, part: "file", type: "application/gzip")
        return form
    }
}

extension TestServer {
    /// Uploads a folder at MLaaS4HEP's door; throws `TestFailure` unless it was taken.
    func upload(_ folder: TrainingFolder, as name: String, of person: Person = .ada) async throws {
        let answer = try await post("/mlaas4hep/upload?name=\(name)", form: folder.form, as: person)
        guard answer.status == 200, answer.text == "Successfully uploaded!\n" else {
            throw TestFailure("the upload of \(name) is answered \(answer.status): \(answer.text)")
        }
    }

    /// What `/status_docker` says.
    func dockerStatus(_ process: String) async throws -> String {
        let answer = try await get("/mlaas4hep/status_docker?process_name=\(process)").object()
        guard answer["process_name"] == .string(process), case .string(let status)? = answer["status"] else {
            throw TestFailure("no status in \(answer)")
        }
        return status
    }

    /// Waits until a process's status begins with some words, which must not come after its end.
    func waitForProcess(_ process: String, _ words: String, within limit: Duration = .seconds(180)) async throws {
        try await Patience.until("\(process) is \(words)", within: limit) {
            let status = try await dockerStatus(process)
            if status.hasPrefix(words) { return true }
            guard status.hasPrefix("Exited") else { return false }
            throw TestFailure(
                "\(process) is \(status):\n\(try await get("/mlaas4hep/logs?process_name=\(process)").text)")
        }
    }
}
