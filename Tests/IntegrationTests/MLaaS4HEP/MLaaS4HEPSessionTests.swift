import Foundation
import SlipwayAPI
import Testing

/// The practical example of MLaaS4HEP_server's README, from the packing of a folder to its removal.
@Suite("A session of MLaaS4HEP's users, letter for letter")
struct MLaaS4HEPSessionTests {
    private static let submission = """
        {
            "name": "luca",
            "device": "cpu",
            "memory": "3gb",
            "cpus": "2",
            "files": "files_local.txt",
            "labels": "labels_local.txt",
            "model": "ex_keras_model.py",
            "params": "params_local.json"
          }
        """

    private struct Entry: Decodable {
        var name: String
        var model: String
    }

    /// curl with the tokens that the README's commands name.
    private struct Shell {
        let curl: Curl
        let token: String

        func callAsFunction(_ command: String) async throws -> String {
            try await curl.run("TOKEN_MLAAS=\(token) TOKEN_TFAAS=\(token)\n\(command)")
        }

        func models() async throws -> String {
            try await self(#"curl -L -k -H "Authorization: Bearer ${TOKEN_TFAAS}" http://localhost:8081/models"#)
        }

        func status(of process: String) async throws -> String {
            let text = try await self(
                #"curl -L -k -H "Authorization: Bearer ${TOKEN_MLAAS}" "#
                    + "http://localhost:8080/status_docker?process_name=\(process)")
            let pattern = /\{\n "process_name": "(\w+)",\n "status": "([^"]+)"\n\}/
            guard let found = try pattern.wholeMatch(in: text), found.output.1 == process else {
                throw TestFailure("no status of \(process): \(text)")
            }
            return String(found.output.2)
        }

        func log(of process: String) async throws -> String {
            _ = try await self(
                #"curl -L -k -H "Authorization: Bearer ${TOKEN_MLAAS}" -o logs.txt "#
                    + "http://localhost:8080/logs?process_name=\(process)")
            return try String(contentsOfFile: curl.path("logs.txt"), encoding: .utf8)
        }

        func submit(_ file: String, as process: String) async throws {
            let text = try await self(
                #"curl -L -k -H "Authorization: Bearer ${TOKEN_MLAAS}" -H "Content-Type: application/json" "#
                    + "-d @\(file) http://localhost:8080/submit")
            let pattern = /\{\n "process_name": "(\w+)",\n "job_id": ([1-9][0-9]*)\n\}/
            #expect(try pattern.wholeMatch(in: text)?.output.1 == Substring(process), "\(text)")
        }

        /// Old clients wait so for a process's end.
        func wait(for process: String) async throws {
            try await Patience.until("\(process) has ended", within: .seconds(400)) {
                let status = try await status(of: process)
                if status.hasPrefix("Exited (0) ") { return status.hasSuffix(" ago") }
                guard status.hasPrefix("Exited") else { return false }
                throw TestFailure("\(process) is \(status):\n\(try await log(of: process))")
            }
        }
    }

    @Test(
        "Folder packed and uploaded, trained from, model fetched and served, trained from remote files, all removed",
        arguments: HEPSample.all)
    func session(sample: HEPSample) async throws {
        try await XRootDServer.with { storage in
            try await withTestServer(.dialects()) { server in
                let curl = try Curl(
                    folder: server.folder + "/curl",
                    ports: [
                        "localhost:8080": try server.port(of: "mlaas4hep"),
                        "localhost:8081": try server.port(of: "tfaas"),
                    ])
                let shell = Shell(curl: curl, token: server.token(of: .ada))
                try await sample.make(in: curl.folder, redirector: storage.address, environment: server.environment)
                for file in ["higgs.root", "background.root"] {
                    try FileManager.default.copyItem(
                        atPath: curl.path("folder_to_upload/\(file)"), toPath: "\(storage.store)/\(file)")
                }
                try curl.write("submit.json", Self.submission)
                try curl.write("submit_remote.json", Self.submission.replacing("_local", with: "_remote"))
                try await Self.train(shell)
                try await Self.checkLog(shell.log(of: "luca_1"), reading: ["higgs.root", "background.root"])
                try await Self.checkModel(shell)
                try await Self.checkServing(shell, on: server)
                try await Self.checkLabels(shell, on: server)

                let specs = "\(server.folder)/uploads/luca/1/specs"
                #expect(try FileManager.default.contentsOfDirectory(atPath: specs).contains("global-specs.json"))
                #expect(
                    try await shell(
                        #"curl -L -k -H "Authorization: Bearer ${TOKEN_MLAAS}" "#
                            + "http://localhost:8080/delete_specs?name=luca") == "Specs deletion completed!\n")
                #expect(try FileManager.default.contentsOfDirectory(atPath: specs).isEmpty)
                try await shell.submit("submit_remote.json", as: "luca_2")
                try await shell.wait(for: "luca_2")
                try await Self.checkLog(
                    shell.log(of: "luca_2"),
                    reading: ["higgs.root", "background.root"].map { "\(storage.address)//store/\($0)" })
                try await Self.remove(shell, from: server)
            }
        }
    }

    /// The folder packed, uploaded and trained from.
    private static func train(_ shell: Shell) async throws {
        #expect(try await shell.models() == "null\n")
        _ = try await shell("tar -czf folder_to_upload.tar.gz folder_to_upload")
        let upload =
            #"curl -L -k -H "Authorization: Bearer ${TOKEN_MLAAS}" "#
            + #"-F "file=@folder_to_upload.tar.gz" http://localhost:8080/upload?name=luca"#
        #expect(try await shell(upload) == "Successfully uploaded!\n")
        try await shell.submit("submit.json", as: "luca_1")
        try await Patience.until("luca_1 is up", within: .seconds(120)) {
            try await shell.status(of: "luca_1").hasPrefix("Up ")
        }
        try await shell.wait(for: "luca_1")
    }

    /// The lines that users look for.
    private static func checkLog(_ log: String, reading files: [String]) throws {
        for line in files.map({ "Reading \($0)\n" }) + ["write global-specs.json\n"] {
            #expect(log.contains(line), "no “\(line)” in:\n\(log)")
        }
        #expect(
            log.contains(/# \d+ entries, \d+ branches, [\d.e-]+ MB, [\d.e-]+ sec, [\d.e+-]+ MB\/sec, [\d.e+-]+ kHz\n/))
        #expect(log.contains(/--- first pass: \d+ events, \(\d+-flat, 1-jagged\) branches, \d+ attrs\n/), "\(log)")
    }

    private static func checkModel(_ shell: Shell) async throws {
        _ = try await shell(
            #"curl -L -k -H "Authorization: Bearer ${TOKEN_MLAAS}" -o luca_1.tar.gz "#
                + "http://localhost:8080/model?process_name=luca_1")
        let listed = try await shell("mkdir -p luca_1 && tar -xvf luca_1.tar.gz -C luca_1")
        for member in ["saved_model.pb", "params.json", "variables/variables.index"] {
            #expect(listed.split(separator: "\n").contains("./\(member)"), "no \(member) in:\n\(listed)")
        }
        let text = try String(contentsOfFile: shell.curl.path("luca_1/params.json"), encoding: .utf8)
        let parameters = try JSONDecoder().decode([String: JSONValue].self, from: Data(text.utf8))
        #expect(parameters["name"] == .string("luca_1"))
        #expect(parameters["model"] == .string("saved_model.pb"))
    }

    /// TFaaS has the model, with nothing more done, and predicts with it.
    private static func checkServing(_ shell: Shell, on server: TestServer) async throws {
        let models = try JSONDecoder().decode([Entry].self, from: Data(try await shell.models().utf8))
        #expect(models.map(\.name) == ["luca_1"])
        #expect(models.map(\.model) == ["saved_model.pb"])
        let version: ModelVersionAnswer = try await server.get("/api/v1/models/luca_1/versions/default").decoded()
        let width = try #require(version.signature?.inputs.first?.shape.last)
        // Ten flat branches at least, and more than two transverse momenta.
        #expect(width > 12)
        let values = (0..<width).map { "\(Double($0 % 10) / 10)" }.joined(separator: ", ")
        try shell.curl.write("predict_bkg.json", "{\n    \"values\": [\(values)],\n    \"model\": \"luca_1\"\n}\n")
        let answer = try await shell(
            #"curl -L -k -H "Authorization: Bearer ${TOKEN_TFAAS}" -X POST -H "Content-type: application/json" "#
                + "-d @predict_bkg.json http://localhost:8081/json")
        let scores = try JSONDecoder().decode([Double].self, from: Data(answer.utf8))
        #expect(scores.count == 1)
        #expect((0...1).contains(scores.first ?? -1))
    }

    /// A file more beside the model: the next version has it and all others, the process's own model stays as it was.
    private static func checkLabels(_ shell: Shell, on server: TestServer) async throws {
        try shell.curl.write("labels.txt", "higgs\n")
        let setup =
            #"curl -L -k -H "Authorization: Bearer ${TOKEN_MLAAS}" -F "file=@labels.txt" "#
            + "http://localhost:8080/setup_tfaas?process_name=luca_1"
        #expect(try await shell(setup) == "Successfully uploaded!\n")
        let folder = "\(server.folder)/models/luca_1"
        let first = try FileManager.default.subpathsOfDirectory(atPath: folder + "/1/files")
        let second = try FileManager.default.subpathsOfDirectory(atPath: folder + "/2/files")
        #expect(Set(second) == Set(first).union(["labels.txt"]))
        let inode = { (version: Int) in
            try FileManager.default.attributesOfItem(atPath: "\(folder)/\(version)/files/saved_model.pb")[
                .systemFileNumber] as? UInt64
        }
        #expect(try inode(1) == inode(2))
        let default2: ModelVersionAnswer = try await server.get("/api/v1/models/luca_1/versions/default").decoded()
        #expect(default2.version == 2)
        _ = try await shell(
            #"curl -L -k -H "Authorization: Bearer ${TOKEN_MLAAS}" -o again.tar.gz "#
                + "http://localhost:8080/model?process_name=luca_1 && cmp again.tar.gz luca_1.tar.gz")
        // What the engine refuses does not become a version.
        try shell.curl.write("saved_model.pb", "no graph")
        let broken = setup.replacing("labels.txt", with: "saved_model.pb")
        #expect(try await shell.curl.status(broken.replacing("${TOKEN_MLAAS}", with: shell.token)) == 400)
        #expect(try await server.get("/api/v1/models/luca_1/versions/3").status == 404)
    }

    private static func remove(_ shell: Shell, from server: TestServer) async throws {
        #expect(
            try await shell(
                #"curl -L -k -H "Authorization: Bearer ${TOKEN_MLAAS}" http://localhost:8080/delete_folder?name=luca"#
            ) == "Folder deletion completed!\n")
        for model in ["luca_1", "luca_2"] {
            #expect(
                try await shell(
                    #"curl -L -k -H "Authorization: Bearer ${TOKEN_TFAAS}" -X DELETE http://localhost:8081/delete "#
                        + "-F \"model=\(model)\"") == "")
        }
        #expect(try await shell.models() == "null\n")
        for folder in ["uploads", "models"] {
            let left = try FileManager.default.subpathsOfDirectory(atPath: "\(server.folder)/\(folder)")
            #expect(!left.contains { $0.hasSuffix(".root") || $0.hasSuffix(".pb") }, "\(left)")
        }
        // The process is still on record.
        #expect(try await shell.status(of: "luca_1").hasPrefix("Exited (0) "))
    }
}
