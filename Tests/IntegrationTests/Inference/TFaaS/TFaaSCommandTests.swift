import Foundation
import SlipwayAPI
import Testing

/// The command lines of TFaaS's README, curl client, demo and MNIST pages.
@Suite("TFaaS's commands, letter for letter")
struct TFaaSCommandTests {
    private static func with(
        _ settings: ServerSettings = .dialects(), _ body: (TestServer, Curl, TFaaSModels) async throws -> Void
    ) async throws {
        try await withTestServer(settings) { server in
            let port = try server.port(of: "tfaas")
            let curl = try Curl(
                folder: server.folder + "/curl", ports: ["localhost:8083": port, "cms-tfaas.cern.ch:443": port])
            try await body(server, curl, try await TFaaSModels.make(in: curl.folder))
        }
    }

    private static func check(_ found: LabelledPicture, _ expected: [String: Double], named filename: String) {
        let best = expected.sorted { $0.value > $1.value }.prefix(5)
        #expect(found.filename == filename)
        #expect(found.labels.map(\.label) == best.map(\.key))
        #expect(difference(found.labels.map(\.probability), best.map(\.value)) < 1e-5)
    }

    @Test("A model is uploaded as a form, listed, used, and removed: the README and the page of the curl client")
    func form() async throws {
        try await Self.with { _, curl, models in
            #expect(try await curl.run("curl http://localhost:8083/models") == "null\n")
            let upload = """
                curl -X POST http://localhost:8083/upload -F 'name=ImageModel' -F 'params=@/path/params.json' \
                -F 'model=@/path/tf_model.pb' -F 'labels=@/path/labels.txt'
                """
            #expect(try await curl.run(upload.replacing("/path/", with: curl.path(""))) == "")
            let list: [[String: JSONValue]] = try await curl.json("curl http://localhost:8083/models")
            let model = try #require(list.first)
            let wanted = [
                "name": "ImageModel", "model": "tf_model.pb", "labels": "labels.txt", "inputNode": "dense_4_input",
                "outputNode": "output_node0", "input_node": "dense_4_input", "output_node": "output_node0",
                "description": "",
            ]
            for (name, value) in wanted { #expect(model[name] == .string(value), "\(name)") }
            #expect(model["options"] == .null)
            for name in ["timestamp", "op", "input_name", "output_name", "img_channels"] {
                #expect(model[name] != nil, "\(name)")
            }
            let image = "curl http://localhost:8083/image -F 'image=@/path/file.png' -F 'model=ImageModel'"
            let found: LabelledPicture = try await curl.json(image.replacing("/path/", with: curl.path("")))
            Self.check(found, models.picture, named: "file.png")
            #expect(
                try await curl.status("curl -s -X DELETE http://localhost:8083/delete -F 'model=ImageModel'") == 200)
            #expect(try await curl.run("curl http://localhost:8083/models") == "null\n")
            // Once more: what is not there is removed as well.
            #expect(try await curl.status("curl -s -X DELETE http://localhost:8083/delete/ImageModel") == 200)
        }
    }

    @Test("Rows are predicted in JSON and in protocol buffers, a client's base64 is read, a new upload counts at once")
    func rows() async throws {
        try await Self.with { server, curl, models in
            let upload = """
                curl -s -X POST http://localhost:8083/upload \
                    -F 'name=vk' -F 'params=@/path/params.json' \
                    -F 'model=@/path/model.pb' -F 'labels=@/path/labels.txt'
                """
            #expect(try await curl.run(upload.replacing("/path/", with: curl.path("vk/"))) == "")
            for path in ["json", "predict/json"] {
                let command = """
                    curl -s -X POST -H "Content-type: application/json" \
                        -d@/path/input.json http://localhost:8083/\(path)
                    """
                let text = try await curl.run(command.replacing("/path/", with: curl.path("")))
                #expect(text.hasSuffix("]\n"))
                let found = try JSONDecoder().decode([Double].self, from: Data(text.utf8))
                #expect(difference(found, models.row) < 1e-6)
            }
            for path in ["proto", "predict/proto"] {
                _ = try await curl.run(
                    "curl -sS -X POST --data-binary @- http://localhost:8083/\(path) < row.bin > predictions.bin")
                let bytes = try #require(FileManager.default.contents(atPath: curl.path("predictions.bin")))
                // A Class with the one label and its probability.
                #expect(Array(bytes.prefix(11)) == [0x0A, 0x0D, 0x0A, 0x06] + Array("signal".utf8) + [0x15])
                let pattern = bytes.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                #expect(difference([Double(Float(bitPattern: pattern))], models.row) < 1e-6)
            }
            // As the Python client sends it.
            let encoded = """
                curl -s -X POST http://localhost:8083/upload -H 'Content-Encoding: base64' -F 'name=vk' \
                -F 'params=@vk/params.json' -F 'model=@vk/model.b64;filename=/where/it/was/model.pb' \
                -F 'labels=@vk/labels.txt'
                """
            #expect(try await curl.run(encoded) == "")
            let versions: ModelVersionListAnswer = try await server.get("/api/v1/models/vk").decoded()
            #expect(versions.versions.map(\.version) == [2, 1])
            #expect(versions.aliases == ["default": 2])
            // The model that was uploaded last is the one that a row without a model means.
            let nameless = #"curl -H "Content-type: application/json" -d '{"key":["a"], "values":[0.5, -1.25, 2]}' "#
            #expect(
                difference(try await curl.json(nameless + "http://localhost:8083/json"), models.row) < 1e-6)
        }
    }

    @Test("A tarball of a saved model is uploaded under its folder's name: the MNIST page")
    func tarball() async throws {
        try await Self.with { server, curl, models in
            _ = try await curl.run("tar cfz mnist.tar.gz mnist")
            let upload = #"""
                curl -v -X POST -H "Content-Encoding: gzip" \
                    -H "Content-Type: application/octet-stream" \
                    --data-binary @./mnist.tar.gz \
                    http://localhost:8083/upload
                """#
            #expect(try await curl.run(upload) == "")
            let found: LabelledPicture = try await curl.json(
                "curl http://localhost:8083/predict/image -F 'image=@./img1.png' -F 'model=mnist'")
            Self.check(found, models.saved, named: "img1.png")
            let version: ModelVersionAnswer = try await server.get("/api/v1/models/mnist/versions/1").decoded()
            #expect(version.format == "tensorflow_savedmodel")
            // Files at the archive's root: the name is the one of its params.json.
            _ = try await curl.run("tar cfz flat.tar.gz -C mnist .")
            #expect(try await curl.run(upload.replacing("mnist.tar.gz", with: "flat.tar.gz")) == "")
            let again: ModelVersionAnswer = try await server.get("/api/v1/models/mnist/versions/default").decoded()
            #expect(again.version == 2)
            // A plain tar, and an archive as a Mac packs it.
            _ = try await curl.run("touch ._mnist && tar cf mac.tar ._mnist mnist")
            #expect(try await curl.run(upload.replacing("mnist.tar.gz", with: "mac.tar")) == "")
            #expect(try await server.get("/api/v1/models/mnist/versions/3").status == 200)
        }
    }

    @Test("Parameters are told and chosen, status and pages are there, on the main port too")
    func rest() async throws {
        try await Self.with { server, curl, _ in
            for (name, folder) in [("vk", "vk/"), ("ImageModel", "")] {
                let file = name == "vk" ? "model.pb" : "tf_model.pb"
                _ = try await curl.run(
                    """
                    curl -X POST http://localhost:8083/upload -F name=\(name) -F params=@\(folder)params.json \
                    -F model=@\(folder)\(file) -F labels=@\(folder)labels.txt -F op=save
                    """)
            }
            let last: [String: JSONValue] = try await curl.json("curl http://localhost:8083/params")
            #expect(last["name"] == .string("ImageModel"))
            #expect(
                try await curl.status("curl -X POST http://localhost:8083/params -d '{\"name\": \"vk\"}'") == 200)
            let chosen: [String: JSONValue] = try await curl.json("curl http://localhost:8083/params")
            #expect(chosen["description"] == .string("rows of three"))
            let named: [String: JSONValue] = try await curl.json("curl http://localhost:8083/params/ImageModel")
            #expect(named["inputNode"] == .string("dense_4_input"))
            // The choice outlives the server.
            try await server.stop()
            try await server.start()
            let afterwards = try await server.get("/tfaas/params").object()
            #expect(afterwards["name"] == .string("vk"))
            #expect(try await server.get("/tfaas/params", as: .bob).status == 400)

            let status = try await server.get("/tfaas/status").object()
            #expect(
                Set(status.keys) == ["NGo", "Memory", "Load", "CPU", "Uptime", "getRequests", "postRequests"])
            let page = try await server.get("/tfaas/", headers: ["Accept": "text/html"])
            #expect(page.text.contains("rows of three"))
            #expect(page.headers["content-type"] == "text/html; charset=utf-8")
            for path in ["/data?model=/etc/passwd", "/nothing"] {
                let answer = try await server.get("/tfaas" + path)
                #expect(answer.status == 404)
                #expect(Set(try answer.object(status: 404).keys) == ["error"])
            }
        }
    }

    @Test("The lines with https run against a certificate, on the same port")
    func tls() async throws {
        try await withTestServer(isStarted: false) { server in
            let (certificate, key) = (server.folder + "/cert.pem", server.folder + "/key.pem")
            _ = try await Command(
                program: "openssl",
                arguments: [
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2", "-keyout",
                    key, "-out", certificate,
                ]
            ).succeed()
            let settings = ServerSettings.dialects(["tls: {certificate: \(certificate), key: \(key)}"])
            let secure = server.companion(settings, name: "secure")
            try FileManager.default.createDirectory(atPath: secure.home, withIntermediateDirectories: true)
            try await server.start()
            try await secure.start()
            let curl = try Curl(
                folder: server.folder + "/curl",
                ports: ["localhost:8083": try secure.port(of: "tfaas"), "cms-tfaas.cern.ch:443": 1])
            let models = try await TFaaSModels.make(in: curl.folder)
            _ = try await curl.run(
                "curl -X POST https://localhost:8083/upload -F 'name=ImageModel' -F 'params=@params.json' "
                    + "-F 'model=@tf_model.pb' -F 'labels=@labels.txt'")
            let image = "curl https://localhost:8083/image -F 'image=@/path/file.png' -F 'model=ImageModel'"
            let found: LabelledPicture = try await curl.json(image.replacing("/path/", with: curl.path("")))
            Self.check(found, models.picture, named: "file.png")
            try await secure.stop()
        }
    }
}
