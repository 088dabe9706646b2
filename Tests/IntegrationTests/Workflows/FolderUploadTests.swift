import Foundation
import SlipwayAPI
import Testing

@Suite("Uploads of folders to train from")
struct FolderUploadTests {
    private let folder = PackedFolder()

    @Test("The content lies in its version, however it was packed; specs beside it, what macOS packed nowhere")
    func content() async throws {
        try await withTestServer(PackedFolder.settings()) { server in
            var packed = PackedFolder()
            packed.members += [
                ("._to_upload", "x"), ("to_upload/.DS_Store", "x"), ("to_upload/._a", "x"), ("__MACOSX/a", "x"),
                ("to_upload/specs-signal.root.json", "{}"), ("to_upload/global-specs.json", "{}"),
                ("to_upload/data/specs-kept.json", "{}"), ("to_upload/data/signal.root", "root"),
            ]
            #expect(try await packed.upload(to: server).status == 200)
            let files = [
                "files/data/signal.root", "files/data/specs-kept.json", "files/ex_keras_model.py",
                "files/files_local.txt", "files/labels_local.txt", "files/params_local.json",
                "specs/global-specs.json", "specs/specs-signal.root.json",
            ]
            #expect(folder.files(on: server, version: 1) == files)
            let bytes = packed.members.filter { $0.text != "x" }.reduce(0) { $0 + $1.text.utf8.count }
            #expect(try await server.sql("SELECT files, bytes FROM folder_versions") == "8|\(bytes)")

            // Without a folder around the files, and not compressed.
            packed.members = packed.members.map { (String($0.path.trimmingPrefix("to_upload/")), $0.text) }
            #expect(try await packed.upload(to: server, isCompressed: false).status == 200)
            #expect(folder.files(on: server, version: 2) == files)

            // What jobs left in the specs' folder goes without a way out of it.
            let specs = folder.path(on: server, version: 2) + "/specs"
            try FileManager.default.createSymbolicLink(
                atPath: specs + "/link", withDestinationPath: folder.path(on: server, version: 2) + "/files")
            #expect(try await folder.delete("specs", on: server).status == 200)
            #expect(try FileManager.default.contentsOfDirectory(atPath: specs).isEmpty)
            #expect(folder.files(on: server, version: 2) == files.filter { $0.hasPrefix("files/") })
        }
    }

    @Test("A version is kept while an unfinished process trains from it, and goes then; its models and names stay")
    func removal() async throws {
        try await withTestServer(PackedFolder.settings(leftoverAge: 6)) { server in
            try await folder.upload(to: server)
            _ = try await folder.process(on: server)
            let id = try await server.sql("SELECT task_id FROM processes")
            let files = folder.files(on: server, version: 1)
            try await folder.upload(to: server)
            #expect(try await folder.delete("folder", on: server).status == 200)
            // The second version had no process; the first has one that waits.
            #expect(folder.files(on: server, version: 2) == [])
            #expect(folder.files(on: server, version: 1) == files)
            let task = TestTask(server: server, id: id, owner: .ada)
            // Its files are there: what stands in the way is that it has not ended.
            let early = try await server.post("\(task.path)/retry")
            #expect(early.status == 409 && early.text.contains("has the state"), "\(early.text)")
            try await task.cancel()
            #expect(try await task.end().state == "cancelled")
            try await Patience.until("the janitor has removed the first version") {
                folder.files(on: server, version: 1).isEmpty
            }
            try await Patience.until("that is on record") {
                try await server.sql("SELECT count(*) FROM folder_versions WHERE removed_at IS NOT NULL") == "2"
            }
            let retried = try await server.post("\(task.path)/retry")
            #expect(retried.status == 409)
            #expect(retried.text.contains("luca"), "\(retried.text)")
            #expect(!FileManager.default.fileExists(atPath: server.folder + "/uploads/luca"))
            #expect(try await server.get("/mlaas4hep/status_docker?process_name=luca_1").status == 200)
        }
    }

    @Test("A folder is its first user's alone")
    func ownership() async throws {
        try await withTestServer(PackedFolder.settings()) { server in
            #expect(try await folder.upload(to: server, as: .viewer).status == 403)
            try await folder.upload(to: server)
            _ = try await folder.process(on: server)
            for person in [Person.bob, .admin] {
                #expect(try await folder.upload(to: server, as: person).status == 403)
            }
            #expect(try await folder.submit(to: server, as: .bob).status == 404)
            #expect(try await folder.submit(to: server, as: .viewer).status == 403)
            for what in ["specs", "folder"] {
                #expect(try await folder.delete(what, on: server, as: .bob).status == 404)
                #expect(try await folder.delete(what, on: server, as: .viewer).status == 403)
            }
            let status = "/mlaas4hep/status_docker?process_name=luca_1"
            #expect(try await server.get(status, as: .bob).status == 404)
            #expect(try await server.get(status, as: .admin).status == 200)
            #expect(try await folder.delete("folder", on: server, as: .admin).status == 200)
            // The name stays Ada's.
            #expect(try await folder.upload(to: server, as: .bob).status == 403)
            #expect(try await folder.upload(to: server).status == 200)
        }
    }

    @Test(
        "A name that cannot be a folder's is refused",
        arguments: ["..", ".staging", "-x", "a%2Fb", "%C3%A9", "luca%00", String(repeating: "a", count: 65)])
    func names(name: String) async throws {
        try await withTestServer(PackedFolder.settings()) { server in
            var named = folder
            named.name = name
            let answer = try await named.upload(to: server)
            #expect(answer.status == 400)
            #expect(try await server.sql("SELECT count(*) FROM folders") == "0")
            for what in ["specs", "folder"] {
                #expect(try await named.delete(what, on: server).status == 404)
            }
        }
    }

    @Test("A job in an image without the trainer says so")
    func noTrainer() async throws {
        try await withTestServer(ServerSettings(lines: ["mlaas4hep: {image: sklearn_sample_latest}"])) { server in
            try await folder.upload(to: server)
            _ = try await folder.process(on: server)
            let id = try await server.sql("SELECT task_id FROM processes")
            let task = try await TestTask(server: server, id: id, owner: .ada).end()
            #expect(task.state == "failed" && task.reason == "exit_code")
            #expect(task.message?.contains("the image has no trainer") == true, "\(task.message ?? "")")
        }
    }
}
