import Foundation
import SlipwayAPI
import Testing

@Suite("Logging in", .sharedServer())
struct LoginTests {
    static let right = "grant_type=password&username=ada&password=ada%27s+long+password"

    @Test("The form of ml-task-manager's clients gives a token that works")
    func form() async throws {
        let server = try TestServer.shared()
        let answer = try await server.login("/auth/login", Self.right).object()
        #expect(answer["token_type"] == .string("bearer"))
        guard case .string(let token)? = answer["access_token"] else { throw TestFailure("no access_token") }
        #expect(token.split(separator: ".").count == 3)
        let headers = ["Authorization": "Bearer \(token)"]
        let me: UserAnswer = try await server.get("/api/v1/users/me", as: nil, headers: headers).decoded()
        #expect(me.name == "ada")
        let parts = token.split(separator: ".").map(String.init)
        for forged in [
            "\(parts[0]).\(parts[1]).", "\(parts[0]).\(parts[1]).\(parts[2].reversed().map(String.init).joined())",
        ] {
            let refused = try await server.get(
                "/api/v1/users/me", as: nil, headers: ["Authorization": "Bearer \(forged)"])
            #expect(refused.status == 401)
        }
    }

    @Test(
        "What is wrong with a login is told, without telling whether the user exists",
        arguments: [
            ("username=ada&password=wrong", 401), ("username=nobody&password=wrong", 401),
            ("username=bob&password=", 401), ("username=ada", 400), ("", 400),
            ("grant_type=refresh_token&username=ada&password=x", 400),
        ])
    func wrong(form: String, status: Int) async throws {
        let server = try TestServer.shared()
        let answer = try await server.login("/auth/login", form)
        let problem: ProblemAnswer = try answer.decoded(status: status)
        #expect(answer.headers["content-type"] == "application/problem+json")
        #expect((answer.headers["www-authenticate"] == "Bearer") == (status == 401))
        #expect(!problem.detail.contains("wrong\""))
        if status == 401 {
            let ada: ProblemAnswer = try await server.login("/auth/login", "username=ada&password=x").decoded(
                status: 401)
            #expect(problem.detail == ada.detail)
        }
    }
}

extension TestServer {
    /// Sends a login form; nobody has said who they are before.
    func login(_ path: String, _ form: String, headers: [String: String] = [:]) async throws -> HTTPAnswer {
        try await send(
            "POST", path, as: nil, body: Data(form.utf8), contentType: "application/x-www-form-urlencoded",
            headers: headers)
    }
}
