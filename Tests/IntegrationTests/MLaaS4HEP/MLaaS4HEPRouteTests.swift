import Foundation
import SlipwayAPI
import Testing

@Suite("MLaaS4HEP's routes")
struct MLaaS4HEPRouteTests {
    @Test("What cannot be is refused in one sentence of plain text, and nothing changes")
    func refused() async throws {
        try await withTestServer { server in
            try await server.upload(.scripted(), as: "luca")
            let before = try Self.uploads(of: server)
            for request in MLaaS4HEPRequest.refused {
                let answer = try await request.send(to: server)
                #expect(answer.status == request.status, "\(request.testDescription): \(answer.text)")
                #expect(answer.headers["content-type"] == "text/plain; charset=utf-8", "\(request.testDescription)")
                #expect(
                    answer.text.contains(request.words) || request.words.isEmpty,
                    "\(request.testDescription): \(answer.text)")
                #expect(answer.text.count(where: \.isNewline) == (request.method == "HEAD" ? 0 : 1))
                #expect(!answer.text.contains(server.folder), "\(request.testDescription): \(answer.text)")
            }
            #expect(try Self.uploads(of: server) == before)
            let tasks = try await server.get("/api/v1/tasks", as: .admin).object()
            #expect(tasks["tasks"] == .array([]))
        }
    }

    @Test("The old server's words are answered letter for letter, at the prefix and at the port")
    func words() async throws {
        try await withTestServer(.dialects()) { server in
            let curl = try Curl(
                folder: server.folder + "/curl", ports: ["localhost:8080": try server.port(of: "mlaas4hep")])
            try TrainingFolder.scripted().archive.write(
                to: URL(fileURLWithPath: curl.path("folder_to_upload.tar.gz")))
            #expect(try await curl.run("curl http://localhost:8080/hello") == "Hello World\n")
            #expect(try await server.get("/mlaas4hep/hello").text == "Hello World\n")
            let upload = #"curl -F "file=@folder_to_upload.tar.gz" http://localhost:8080/upload"#
            #expect(try await curl.run("\(upload)?name=luca") == "Successfully uploaded!\n")
            #expect(try await curl.run(upload) == "No name was provided \n")
            let empty = "curl -F other=value http://localhost:8080/upload?name=luca"
            #expect(try await curl.run(empty) == "No file was provided \n")
            #expect(
                try await curl.run("curl -d '' http://localhost:8080/upload?name=luca") == "No file was provided \n")
            for method in ["", "-X DELETE "] {
                #expect(
                    try await curl.run("curl \(method)http://localhost:8080/delete_specs?name=luca")
                        == "Specs deletion completed!\n")
            }
            #expect(
                try await curl.run("curl http://localhost:8080/delete_folder?name=luca")
                    == "Folder deletion completed!\n")
            #expect(try await curl.status("curl http://localhost:8080/delete_folder?name=luca") == 410)
            #expect(try await curl.run("\(upload)?name=luca") == "Successfully uploaded!\n")
            #expect(
                try await curl.run("curl -X DELETE http://localhost:8080/delete_folder?name=luca")
                    == "Folder deletion completed!\n")
            // Nothing but the dialect is spoken here.
            for path in ["tasks", "api/v1/tasks", "mlaas4hep/hello", "docs", "models"] {
                #expect(try await curl.status("curl http://localhost:8080/\(path)") == 404, "\(path)")
            }
            #expect(try await curl.status("curl http://localhost:8080/healthz") == 200)
            let stranger = "curl -H 'Origin: http://evil.example' http://localhost:8080/delete_folder?name=luca"
            #expect(try await curl.status(stranger) == 403)
        }
    }

    /// Paths of all that was uploaded.
    private static func uploads(of server: TestServer) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: server.folder + "/uploads").sorted()
    }
}
