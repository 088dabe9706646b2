import Foundation
import SlipwayAPI
import Testing

@Suite("The model repository")
struct ModelTests {
    @Test("An archive has a tag, is not sent twice, and comes in parts")
    func archive() async throws {
        try await withTestServer { server in
            let task = try await server.submit(TaskConfig(modelName: "parts"))
            let model = try #require(try await task.until("succeeded").model)
            let path = "/api/v1/models/parts/versions/1/archive"
            let whole = try await server.get(path)
            let tag = "\"\(model.sha256)\""
            #expect(whole.headers["etag"] == tag)
            #expect(whole.headers["content-disposition"]?.contains("parts-1.tar.gz") == true)
            let unchanged = try await server.get(path, headers: ["If-None-Match": tag])
            #expect(unchanged.status == 304)
            #expect(unchanged.body.isEmpty)
            #expect(try await server.get(path, headers: ["If-None-Match": "\"other\""]).status == 200)
            let part = try await server.get(path, headers: ["Range": "bytes=10-19", "If-Range": tag])
            #expect(part.status == 206)
            #expect(part.body == whole.body[10..<20])
            let changed = try await server.get(path, headers: ["Range": "bytes=10-19", "If-Range": "\"other\""])
            #expect(changed.status == 200)
            #expect(changed.body == whole.body)
            let entries = try await Command(
                program: "tar", arguments: ["-tzf", "-"], inputFile: server.scratch(whole.body)
            )
            .succeed()
            #expect(entries == "./model.txt\n")
        }
    }

    @Test("Aliases name versions; `default` moves with each new one")
    func aliases() async throws {
        try await withTestServer { server in
            for _ in 1...2 { try await server.submit(TaskConfig(modelName: "named")).until("succeeded") }
            let path = "/api/v1/models/named"
            let list: ModelVersionListAnswer = try await server.get(path).decoded()
            #expect(list.versions.map(\.version) == [2, 1])
            #expect(list.aliases == ["default": 2])
            let set = try await server.send(
                "PUT", "\(path)/aliases/best", body: Data(#"{"version": 1}"#.utf8), contentType: "application/json")
            #expect(set.status == 204)
            let best: ModelVersionAnswer = try await server.get("\(path)/versions/best").decoded()
            #expect(best.version == 1)
            #expect(best.aliases == ["best"])
            let absent = try await server.send(
                "PUT", "\(path)/aliases/best", body: Data(#"{"version": 9}"#.utf8), contentType: "application/json")
            #expect(absent.status == 404)
            #expect(try await server.send("DELETE", "\(path)/aliases/best").status == 204)
            #expect(try await server.get("\(path)/versions/best").status == 404)
        }
    }

    @Test("A version tells which task, job, image and script made it")
    func lineage() async throws {
        try await withTestServer { server in
            let config = TaskConfig(modelName: "traced")
            let task = try await server.submit(config)
            let jobID = try #require(try await task.until("succeeded").jobID)
            let version: ModelVersionAnswer = try await server.get("/api/v1/models/traced/versions/1").decoded()
            let lineage = try #require(version.lineage)
            #expect(lineage.task == task.id)
            #expect(lineage.attempt == 1)
            #expect(lineage.jobID == jobID)
            #expect(lineage.entrypoint == "train.py")
            let image = "\(server.environment.images)/\(lineage.image).sif"
            let sum = try await Command(program: "sha256sum", arguments: [image]).succeed()
            #expect(lineage.imageSHA256 == String(sum.prefix(64)))
            let script = try await server.get(try #require(version.links["script"]))
            #expect(script.status == 200)
            #expect(script.text.hasPrefix("import os"))
        }
    }

    @Test("A model goes out, comes in as an archive and as a bare file, predicts the same, and is deleted")
    func uploads() async throws {
        try await withTestServer { server in
            let task = try await Wine.submit(to: server)
            try await task.until("succeeded")
            let archive = try await server.get("/api/v1/models/wine/versions/1/archive").body
            let file = try await server.get("\(task.path)/files/attempts/1/output/model.onnx").body

            let packed: ModelVersionAnswer = try await server.send(
                "POST", "/api/v1/models/packed/versions", body: archive, contentType: "application/gzip"
            ).decoded(status: 201)
            #expect(packed.format == "onnx")
            #expect(packed.owner == "ada")
            #expect(try await server.get("/api/v1/models/packed/versions/1/archive").body == archive)
            let bare: ModelVersionAnswer = try await server.send(
                "POST", "/api/v1/models/bare/versions?filename=model.onnx", body: file,
                contentType: "application/octet-stream"
            ).decoded(status: 201)
            #expect(bare.format == "onnx")
            #expect(bare.signature?.inputs.map(\.name) == ["input"])
            for model in ["wine", "packed", "bare"] {
                #expect(try await Wine.prediction(of: model, by: server) == 0)
            }
            let broken = try await server.send(
                "POST", "/api/v1/models/bare/versions?filename=model.onnx", body: Data("no model".utf8),
                contentType: "application/octet-stream")
            #expect(broken.status == 400)

            let foreign = try await server.send("DELETE", "/api/v1/models/bare", as: .bob)
            #expect(foreign.status == 403)
            #expect(try await server.get("/api/v1/models/bare", as: .bob).status == 200)
            let removed: ModelDeletionAnswer = try await server.send("DELETE", "/api/v1/models/bare").decoded()
            #expect(removed.removed == [1])
            #expect(try await server.get("/api/v1/models/bare").status == 404)
            #expect(try await server.get("/v2/models/bare").status == 404)
            let left = try await server.get("/api/v1/models").decoded(ModelListAnswer.self).models.map(\.newest.name)
            #expect(Set(left) == ["wine", "packed"])
        }
    }
}
