import Foundation
import SlipwayAPI
import Testing

@Suite("Dialects at ports of their own")
struct DialectPortTests {
    private static func curl(_ server: TestServer) throws -> Curl {
        try Curl(
            folder: server.folder + "/curl-\(UUID().uuidString)",
            ports: [
                "localhost:8083": try server.port(of: "tfaas"), "localhost:8002": try server.port(of: "mlbuffet"),
            ])
    }

    @Test("Where no user is named a token is wanted, as everywhere")
    func token() async throws {
        let settings = ServerSettings(lines: ["dialects: {tfaas: \"127.0.0.1:0\", mlbuffet: \"127.0.0.1:0\"}"])
        try await withTestServer(settings) { server in
            let curl = try Self.curl(server)
            let authorization = "-H 'Authorization: Bearer \(server.token(of: .ada))'"
            for url in ["http://localhost:8083/models", "http://localhost:8002/api/v1/models"] {
                #expect(try await curl.status("curl \(url)") == 401)
                #expect(try await curl.status("curl \(authorization) \(url)") == 200)
                #expect(try await curl.status("curl -H 'Authorization: Bearer slw_wrong' \(url)") == 401)
            }
            // A browser is told so, for there is no page here to log in at.
            #expect(try await curl.status("curl -H 'Accept: text/html' http://localhost:8083/") == 401)
            #expect(try await curl.status("curl http://localhost:8002/") == 401)
        }
    }

    @Test("Each has its own routes alone, and the probe")
    func routes() async throws {
        try await withTestServer(.dialects()) { server in
            let curl = try Self.curl(server)
            for port in [8083, 8002] {
                #expect(try await curl.status("curl http://localhost:\(port)/healthz") == 200)
                for path in ["tasks", "api/v1/tasks", "v2", "docs", "auth/login", "tfaas/models", "login"] {
                    #expect(try await curl.status("curl http://localhost:\(port)/\(path)") == 404, "\(port)/\(path)")
                }
            }
            #expect(try await curl.status("curl http://localhost:8083/api/v1/models") == 404)
            #expect(try await curl.status("curl http://localhost:8002/models") == 404)
            #expect(try await server.get("/tfaas/models").text == "null\n")
            #expect(try await server.get("/mlbuffet/api/v1/models").status == 200)
        }
    }

    @Test("Requests without a token act as the named user, whose models and role count")
    func owner() async throws {
        try await withTestServer(.dialects()) { server in
            let curl = try Self.curl(server)
            try curl.write("model.pmml", "<PMML/>")
            let upload = "curl -X PUT -F path=@model.pmml http://localhost:8002/api/v1/models"
            #expect(try await curl.status("\(upload)/hers") == 201)
            let bob = "-H 'Authorization: Bearer \(server.token(of: .bob))'"
            #expect(try await curl.status("\(upload)/his \(bob)") == 201)
            let vera = "-H 'Authorization: Bearer \(server.token(of: .viewer))'"
            #expect(try await curl.status("\(upload)/none \(vera)") == 403)
            let hers: ModelVersionAnswer = try await server.get("/api/v1/models/hers/versions/1").decoded()
            #expect(hers.owner == "ada")
            for command in [
                "\(upload)/his", "curl -X DELETE http://localhost:8002/api/v1/models/his",
                "curl -X DELETE http://localhost:8083/delete/his", "\(upload)/hers \(bob)",
                "curl http://localhost:8002/api/v1/models/his -d '{\"model_description\": \"mine\"}'",
                "curl http://localhost:8002/api/v1/models/his/default -d '{\"default\": 1}'",
            ] {
                #expect(try await curl.status(command) == 403, "\(command)")
            }
            #expect(try await server.get("/api/v1/models/his/versions/1", as: .bob).status == 200)
        }
    }

    @Test("A site in somebody's browser is not answered without a token")
    func otherSites() async throws {
        try await withTestServer(.dialects()) { server in
            let curl = try Self.curl(server)
            let list = "curl http://localhost:8083/models"
            #expect(try await curl.status(list) == 200)
            for header in ["Host: evil.example", "Origin: http://evil.example", "Sec-Fetch-Site: cross-site"] {
                #expect(try await curl.status("\(list) -H '\(header)'") == 403, "\(header)")
                let token = "-H 'Authorization: Bearer \(server.token(of: .ada))'"
                #expect(try await curl.status("\(list) -H '\(header)' \(token)") == 200, "\(header)")
            }
        }
    }
}
