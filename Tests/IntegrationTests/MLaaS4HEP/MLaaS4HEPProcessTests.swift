import Foundation
import SlipwayAPI
import Testing

@Suite("Processes of MLaaS4HEP")
struct MLaaS4HEPProcessTests {
    /// Stands in the model's place: goes on whenever the test makes the next file in the folder of specs.
    private static let script = """
        import json, os, time

        output = os.environ["SLIPWAY_OUTPUT"]
        with open(os.environ["SLIPWAY_PARAMS"]) as file:
            gates = json.load(file)["specs"]


        def wait(gate):
            print("waits for", gate, flush=True)
            while not os.path.exists(f"{gates}/{gate}"):
                time.sleep(0.05)


        def write(name, text):
            path = os.path.join(output, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as file:
                file.write(text)


        wait("links")
        # None of these is a model, whatever it leads to.
        os.symlink("/etc/passwd", output + "/saved_model.pb")
        os.mkfifo(output + "/model.onnx")
        os.symlink("/etc", output + "/variables")
        wait("model")
        os.unlink(output + "/saved_model.pb")
        os.unlink(output + "/variables")
        write("saved_model.pb", "a graph")
        write("variables/variables.index", "an index")
        write("params.json", "{}")
        os.symlink("/etc/passwd", output + "/passwd")
        os.symlink("..", output + "/up")
        os.mkfifo(output + "/variables/pipe")
        write("line\\nfeed", "x")
        write(".next/saved_model.pb", "half")
        write("/".join(["d"] * 40) + "/deep", "x")
        open(os.fsencode(output) + b"/caf\\xe9", "w").close()
        wait("huge")
        with open(output + "/huge", "w") as file:
            file.truncate(1 << 42)
        wait("many")
        os.unlink(output + "/huge")
        os.mkdir(output + "/many")
        for number in range(10_001):
            open(f"{output}/many/{number}", "w").close()
        wait("end")
        os._exit(3)
        """

    /// Lets the script go on, and waits until it has come to its next gate.
    private static func open(_ gate: String, next: String, on server: TestServer) async throws {
        try Data().write(to: URL(fileURLWithPath: "\(server.folder)/uploads/luca/1/specs/\(gate)"))
        try await until(next, on: server)
    }

    private static func until(_ gate: String, on server: TestServer) async throws {
        try await Patience.until("the script waits for \(gate)", within: .seconds(120)) {
            try await server.get("/mlaas4hep/logs?process_name=luca_1").text.contains("waits for \(gate)\n")
        }
    }

    @Test("While a process runs its log and the model that it has so far can be had, and nothing else of its output")
    func running() async throws {
        try await withTestServer { server in
            try await server.upload(.scripted(Self.script), as: "luca")
            let submitted = try await server.post("/mlaas4hep/submit", json: TrainingFolder.request("luca"))
            #expect(submitted.headers["content-type"] == "application/json")
            let pattern = /\{\n "process_name": "luca_1",\n "job_id": ([1-9][0-9]*)\n\}/
            #expect(try pattern.wholeMatch(in: submitted.text) != nil, "\(submitted.text)")
            try await server.waitForProcess("luca_1", "Up ")
            try await Self.until("links", on: server)
            try await Self.checkLog(of: server)
            try await Self.checkOthers(on: server)

            for gate in ["links", "model"] {
                let none = try await server.get("/mlaas4hep/model?process_name=luca_1")
                #expect(none.status == 404)
                #expect(none.text == "The process “luca_1” has no model yet: it is running.\n")
                let next = gate == "links" ? "model" : "huge"
                try await Self.open(gate, next: next, on: server)
            }
            try await Self.checkModel(of: server)
            try await Self.open("huge", next: "many", on: server)
            for (next, words) in [("end", "bytes allowed"), ("", "files and folders allowed")] {
                let refused = try await server.get("/mlaas4hep/model?process_name=luca_1")
                #expect(refused.status == 409)
                #expect(refused.text.contains("What the training has left so far is not packed"), "\(refused.text)")
                #expect(refused.text.contains(words), "\(refused.text)")
                if !next.isEmpty { try await Self.open("many", next: next, on: server) }
            }
            let early = try await server.post(
                "/mlaas4hep/setup_tfaas?process_name=luca_1", form: TrainingFolder.scripted().form)
            #expect(early.status == 409)
            #expect(early.text == "The process “luca_1” has no model in the repository; it is running.\n")

            try Data().write(to: URL(fileURLWithPath: "\(server.folder)/uploads/luca/1/specs/end"))
            try await Patience.until("luca_1 has ended") {
                try await server.dockerStatus("luca_1").hasPrefix("Exited (3) ")
            }
            #expect(try await server.dockerStatus("luca_1").hasSuffix(" ago"))
            #expect(try await server.get("/tfaas/models").text == "null\n")
            let left = try FileManager.default.subpathsOfDirectory(atPath: server.folder + "/tasks/.incoming")
            #expect(!left.contains { $0.contains(".tar.gz") })
        }
    }

    /// The log is an attachment, by GET and by POST, a part of it too.
    private static func checkLog(of server: TestServer) async throws {
        for method in ["GET", "POST"] {
            let log = try await server.send(method, "/mlaas4hep/logs?process_name=luca_1")
            #expect(log.headers["content-disposition"] == #"attachment; filename="luca_1.txt""#)
            #expect(log.headers["content-type"] == "text/plain; charset=utf-8")
            #expect(log.text.contains("waits for links\n"))
        }
        let part = try await server.get("/mlaas4hep/logs?process_name=luca_1", headers: ["Range": "bytes=0-7"])
        #expect(part.status == 206)
        #expect(part.body.count == 8)
    }

    /// To others the process is not there; an administrator sees it.
    private static func checkOthers(on server: TestServer) async throws {
        for route in ["status_docker", "logs", "model"] {
            for person in [Person.bob, .viewer] {
                let answer = try await server.get("/mlaas4hep/\(route)?process_name=luca_1", as: person)
                #expect(answer.status == 404, "\(route)")
                #expect(answer.text.contains("There is no process “luca_1”, or it belongs to somebody else."))
            }
        }
        let answer = try await server.get("/mlaas4hep/status_docker?process_name=luca_1", as: .admin)
        #expect(answer.text.contains("\"Up "))
        let form = TrainingFolder.scripted().form
        let foreign = try await server.post("/mlaas4hep/setup_tfaas?process_name=luca_1", form: form, as: .bob)
        #expect(foreign.status == 404)
    }

    private static func checkModel(of server: TestServer) async throws {
        let model = try await server.get("/mlaas4hep/model?process_name=luca_1")
        #expect(model.status == 200, "\(model.text)")
        #expect(model.headers["content-disposition"] == #"attachment; filename="luca_1.tar.gz""#)
        let folder = server.folder + "/unpacked"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try model.body.write(to: URL(fileURLWithPath: folder + "/luca_1.tar.gz"))
        let text = try await Command(
            program: "tar", arguments: ["-tzf", "luca_1.tar.gz"], folder: folder
        ).succeed()
        let members = text.split(separator: "\n").map(String.init)
        let folders = (1...32).map { "./" + String(repeating: "d/", count: $0) }
        #expect(
            members == folders + [
                "./params.json", "./saved_model.pb", "./variables/", "./variables/variables.index",
            ])
        _ = try await Command(program: "tar", arguments: ["-xzf", "luca_1.tar.gz"], folder: folder).succeed()
        #expect(try String(contentsOfFile: folder + "/saved_model.pb", encoding: .utf8) == "a graph")
    }

    @Test("A process that waits is created, and has an empty log")
    func waiting() async throws {
        let settings = ServerSettings(commandTimeout: 60, tools: ["sbatch": Tools.gated])
        try await withTestServer(settings) { server in
            try await server.upload(.scripted(), as: "luca")
            let submitted = try await server.post("/mlaas4hep/submit", json: TrainingFolder.request("luca"))
            #expect(submitted.text == "{\n \"process_name\": \"luca_1\",\n \"job_id\": null\n}")
            let status = try await server.get("/mlaas4hep/status_docker?process_name=luca_1")
            #expect(status.text == "{\n \"process_name\": \"luca_1\",\n \"status\": \"Created\"\n}")
            let log = try await server.get("/mlaas4hep/logs?process_name=luca_1")
            #expect(log.status == 200)
            #expect(log.headers["content-disposition"] == #"attachment; filename="luca_1.txt""#)
            #expect(log.body.isEmpty)
            let model = try await server.get("/mlaas4hep/model?process_name=luca_1")
            #expect(model.status == 404)
            #expect(model.text.hasPrefix("The process “luca_1” has no model yet: it is "))
            try Data().write(to: URL(fileURLWithPath: server.toolsFolder + "/gate"))
            try await Patience.until("luca_1 has ended", within: .seconds(120)) {
                try await server.dockerStatus("luca_1").hasPrefix("Exited (1) ")
            }
            let failed = try await server.get("/mlaas4hep/model?process_name=luca_1")
            #expect(failed.status == 404)
            #expect(failed.text.hasPrefix("The process “luca_1” has left no model: The script ended with exit code 1"))
        }
    }

    @Test("The same Idempotency-Key never makes a second process")
    func idempotent() async throws {
        try await withTestServer { server in
            try await server.upload(.scripted(), as: "luca")
            let body = Data(TrainingFolder.request("luca").utf8)
            for (key, process) in [("a", "luca_1"), ("a", "luca_1"), ("b", "luca_2")] {
                let answer = try await server.send(
                    "POST", "/mlaas4hep/submit", body: body, contentType: "application/json",
                    headers: ["Idempotency-Key": key]
                ).object()
                #expect(answer["process_name"] == .string(process))
            }
        }
    }
}
