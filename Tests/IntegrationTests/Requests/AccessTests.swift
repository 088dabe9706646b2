import Foundation
import SlipwayAPI
import Testing

@Suite("Every route's door", .sharedServer())
struct AccessTests {
    @Test("Every documented route but the open ones answers 401 without a token, and with one that is wrong")
    func closed() async throws {
        let server = try TestServer.shared()
        let routes = try await DocumentedRoute.all(of: server)
        #expect(routes.count > 30)
        for route in routes where !route.isOpen {
            for headers in [[:], ["Authorization": "Bearer slw_0000"], ["Authorization": "Basic YWRhOng="]] {
                let answer = try await server.send(route.method, route.path(), as: nil, headers: headers)
                #expect(answer.status == 401, "\(route) with \(headers): \(answer.text)")
                #expect(answer.headers["www-authenticate"]?.hasPrefix("Bearer") == true, "\(route)")
            }
        }
    }

    @Test("The open routes are those that must be, and need no token")
    func open() async throws {
        let server = try TestServer.shared()
        let open = try await DocumentedRoute.all(of: server).filter(\.isOpen)
        #expect(
            Set(open.map(\.template)).isSubset(of: [
                "/healthz", "/readyz", "/metrics", "/login", "/logout", "/auth/login", "/docs", "/openapi.json", "/v2",
                "/v2/health/live", "/v2/health/ready", "/", "/mlbuffet/", "/mlbuffet/help", "/mlbuffet/api/test",
            ]), "\(open)")
        for route in open where route.method == "GET" {
            let answer = try await server.get(route.path(), as: nil)
            #expect([200, 303].contains(answer.status), "\(route): \(answer.status) \(answer.text)")
        }
    }

    @Test("On every route of a task, another user finds none; an administrator does")
    func foreign() async throws {
        let server = try TestServer.shared()
        let task = try await server.submit()
        let jobID = try #require(try await task.until("succeeded").jobID)
        let values = ["id": task.id, "job_id": "\(jobID)", "path": "config.json"]
        let routes = try await DocumentedRoute.all(of: server).filter {
            $0.template.hasPrefix("/api/v1/tasks/{id}") || $0.template.hasPrefix("/task/")
                || $0.template.hasPrefix("/job_status/")
        }
        #expect(routes.count >= 12, "\(routes)")
        for route in routes {
            let path = route.path(values)
            let foreign: ProblemAnswer = try await server.send(route.method, path, as: .bob).decoded(status: 404)
            let unknown: ProblemAnswer = try await server.send(
                route.method, route.path(["id": "0123456789", "job_id": "999999999", "path": "config.json"]), as: .bob
            ).decoded(status: 404)
            #expect(
                foreign.detail.replacing(task.id, with: "0123456789").replacing("\(jobID)", with: "999999999")
                    == unknown.detail, "\(route) tells that the task exists")
            // A training leaves a model, and no result.
            if route.method == "GET", !route.template.hasSuffix("/result") {
                #expect(try await server.get(path, as: .ada).status == 200, "\(route) for its owner")
                #expect(try await server.get(path, as: .admin).status == 200, "\(route) for an administrator")
            }
        }
        #expect(try await task.now().state == "succeeded")
        #expect(try await task.attempts().count == 1)
    }

    @Test(
        "Users are shown to administrators alone, and never with a hash",
        arguments: ["/users/", "/users", "/users/ada"])
    func users(path: String) async throws {
        let server = try TestServer.shared()
        for person in [Person.ada, .viewer] {
            let refused = try await server.get(path, as: person)
            #expect(refused.status == 403)
            #expect(!refused.text.contains("scrypt"))
        }
        #expect(try await server.get(path, as: nil).status == 401)
        let shown = try await server.get(path, as: .admin)
        #expect(shown.status == 200)
        #expect(shown.text.contains("ada"))
        for word in ["scrypt", "password", "hash", "token"] { #expect(!shown.text.lowercased().contains(word)) }
    }

    @Test("A user that does not exist is not found, and says so")
    func unknownUser() async throws {
        let server = try TestServer.shared()
        let problem: ProblemAnswer = try await server.get("/users/nobody", as: .admin).decoded(status: 404)
        #expect(problem.detail.contains("nobody"))
    }

    @Test("An account that is refused to a user cannot be charged by that user, in whatever letters, nor by default")
    func refusedAccount() async throws {
        let server = try TestServer.shared()
        let added = try await server.operate(
            "user", "add", "carl", "--no-password", "--refuse-account", "twinscie")
        #expect(added.code == 0, "\(added.errors)")
        let token = try await server.operate("token", "create", "carl").text
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let headers = ["Authorization": "Bearer \(token)"]
        let path = "$.clusters.atena02.infra_config.account"
        for config in [
            TaskConfig(experiment: "carl's"), TaskConfig(experiment: "carl's", account: "TwinScie"),
            TaskConfig(experiment: "carl's", resources: ["account": .null]),
        ] {
            let answer = try await server.post("/new_task", form: .task(config, .quick), as: nil, headers: headers)
            let problem: ProblemAnswer = try answer.decoded(status: 400)
            #expect(problem.errors?.map(\.path) == [path])
            #expect(problem.errors?.first?.message.contains("yours: other") == true, "\(answer.text)")
        }
        let other = try await server.post(
            "/new_task?dry_run=true", form: .task(TaskConfig(experiment: "carl's", account: "other"), .quick), as: nil,
            headers: headers)
        #expect(other.status == 200)
    }
}
