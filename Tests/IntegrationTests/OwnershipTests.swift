import Foundation
import SlipwayAPI
import Testing

@Suite("Who may see and do what")
struct OwnershipTests {
    @Test("A task is its owner's and the administrators'; to others it does not exist")
    func ownTasks() async throws {
        try await withTestServer { server in
            let task = try await server.submit()
            let jobID = try #require(try await task.until("succeeded").jobID)
            let paths = [
                "/task/\(task.id)", "/job_status/\(jobID)", task.path, "\(task.path)?wait=1", "\(task.path)/events",
                "\(task.path)/log", "\(task.path)/log?follow=true", "\(task.path)/script", "\(task.path)/config",
                "\(task.path)/files", "\(task.path)/files/config.json", "\(task.path)/attempts",
            ]
            for path in paths {
                #expect(try await server.get(path, as: .ada).status == 200, "\(path) for its owner")
                #expect(try await server.get(path, as: .admin).status == 200, "\(path) for an administrator")
                #expect(try await server.get(path, as: .bob).status == 404, "\(path) for another")
                #expect(try await server.get(path, as: nil).status == 401, "\(path) for nobody")
            }
            for action in ["cancel", "retry"] {
                #expect(try await server.post("\(task.path)/\(action)", as: .bob).status == 404)
                #expect(try await server.post("\(task.path)/\(action)", as: nil).status == 401)
            }
            #expect(try await server.get("/tasks/", as: .bob).text == "[]\n")
            let list: TaskListAnswer = try await server.get("/api/v1/tasks", as: .bob).decoded()
            #expect(list.tasks.isEmpty)
            let all: TaskListAnswer = try await server.get("/api/v1/tasks", as: .admin).decoded()
            #expect(all.tasks.map(\.id) == [task.id])
            #expect(try await server.get("/users/", as: .ada).status == 403)
            let users: [UserAnswer] = try await server.get("/users/", as: .admin).decoded()
            #expect(Set(users.map(\.name)) == Set(Person.allCases.map(\.rawValue)))
        }
    }

    @Test("A viewer may not submit, and nothing is stored of the attempt")
    func viewer() async throws {
        try await withTestServer { server in
            for path in ["/new_task", "/api/v1/tasks"] {
                let refused: ProblemAnswer = try await server.post(
                    path, form: .task(TaskConfig(), .quick), as: .viewer
                ).decoded(status: 403)
                #expect(refused.detail.contains("viewer"))
            }
            let upload = try await server.send(
                "POST", "/api/v1/models/theirs/versions?filename=a.bin", as: .viewer, body: Data([1]),
                contentType: "application/octet-stream")
            #expect(upload.status == 403)
            let names = try FileManager.default.contentsOfDirectory(atPath: server.folder + "/tasks")
            #expect(names.allSatisfy { $0.hasPrefix(".") })
            #expect(try await server.stored().incoming.isEmpty)
        }
    }

    @Test("A password opens the door, a wrong one does not, and what it opened serves as a token")
    func login() async throws {
        try await withTestServer { server in
            let right = try await server.logIn("ada", Person.passwordOfAda)
            let answer = try right.object()
            #expect(answer["token_type"] == .string("bearer"))
            guard case .string(let token)? = answer["access_token"] else {
                throw TestFailure("no token: \(right.text)")
            }
            let list = try await server.get("/api/v1/tasks", as: nil, headers: ["Authorization": "Bearer \(token)"])
            #expect(list.status == 200)
            for (name, password) in [("ada", "wrong"), ("bob", ""), ("nobody", Person.passwordOfAda)] {
                let wrong = try await server.logIn(name, password)
                #expect(wrong.status == 401, "\(name) with “\(password)”: \(wrong.text)")
                #expect(wrong.headers["www-authenticate"]?.hasPrefix("Bearer") == true)
            }
        }
    }

    @Test("A token that is revoked is refused from then on")
    func revoked() async throws {
        try await withTestServer { server in
            #expect(try await server.get("/api/v1/tasks", as: .bob).status == 200)
            let tokens = try await server.operate("token", "list", "bob")
            let number = try #require(tokens.text.split(separator: " ").first)
            #expect(try await server.operate("token", "revoke", "bob", String(number)).code == 0)
            #expect(try await server.get("/api/v1/tasks", as: .bob).status == 401)
        }
    }
}

extension TestServer {
    fileprivate func logIn(_ name: String, _ password: String) async throws -> HTTPAnswer {
        let escaped = password.replacingOccurrences(of: " ", with: "+").replacingOccurrences(of: "'", with: "%27")
        return try await send(
            "POST", "/auth/login", as: nil, body: Data("username=\(name)&password=\(escaped)".utf8),
            contentType: "application/x-www-form-urlencoded")
    }
}
