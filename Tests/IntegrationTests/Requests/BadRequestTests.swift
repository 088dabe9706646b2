import Foundation
import SlipwayAPI
import Testing

@Suite(
    "Bad requests for a task",
    .sharedServer(
        ServerSettings(lines: [
            "limits: {request: 8M, part: 4M, parts: 20}", "webhooks: {hosts: [hooks.example.org]}",
        ])), .serialized)
struct BadRequestTests {
    @Test("A config that is wrong is refused, with every fault by its path", arguments: BadRequest.configs)
    func config(bad: BadRequest) async throws { try await check(bad) }

    @Test("Resources that the partition does not give are refused", arguments: BadRequest.resources)
    func resources(bad: BadRequest) async throws { try await check(bad) }

    @Test("A form with the wrong files is refused", arguments: BadRequest.forms)
    func forms(bad: BadRequest) async throws { try await check(bad) }

    @Test("A body that is not the form that it says it is is refused", arguments: BadRequest.bodies)
    func bodies(bad: BadRequest) async throws { try await check(bad) }

    @Test("Who may not, or asks wrongly, is refused", arguments: BadRequest.callers)
    func callers(bad: BadRequest) async throws {
        let answer = try await check(bad)
        #expect((answer.headers["www-authenticate"]?.hasPrefix("Bearer") == true) == (bad.status == 401))
    }

    @Test(
        "A control character is refused in every text field", arguments: TextField.all,
        [0x0A, 0x00, 0x1B, 0x0D, 0x85])
    func control(field: TextField, code: UInt8) async throws {
        // The names of things that exist are looked up, the others are told by the character itself.
        try await check(
            .config(
                "", [], at: [field.path], field.config("\(field.usual)\(Unicode.Scalar(code))#SBATCH --account=root")))
    }

    @Test(
        "Text that is more than a name is refused in every field that holds the name of something",
        arguments: TextField.all.filter(\.isName),
        ["$(touch pwned)", "`id`", "it's", "\"", "../../../etc/passwd", "/etc/passwd", "🍷", "--wrap=id", ".", "", " "])
    func names(field: TextField, text: String) async throws {
        try await check(.config("", [], at: [field.path], field.config(text)))
    }

    @Test("Null is the same as leaving a field out", arguments: TextField.all)
    func null(field: TextField) async throws {
        let server = try TestServer.shared()
        var config = try JSONDecoder().decode(JSONValue.self, from: field.config("x").data())
        config = field.setting(.null, in: config)
        let null = try await server.preview(config)
        let absent = try await server.preview(field.setting(nil, in: config))
        #expect(null.status == absent.status)
        if null.status == 200 {
            let checks = try null.decoded(TaskPreviewAnswer.self).checks
            #expect(try checks == absent.decoded(TaskPreviewAnswer.self).checks)
        } else {
            let problem: ProblemAnswer = try null.decoded(status: 400)
            #expect(problem.errors?.map(\.path) == [field.path])
            #expect(null.body == absent.body)
        }
    }

    @Test("A token that was revoked is refused")
    func revoked() async throws {
        let server = try TestServer.shared()
        let token = try await server.operate("token", "create", "bob", "--name", "short").text
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let headers = ["Authorization": "Bearer \(token)"]
        #expect(try await server.get("/api/v1/users/me", as: nil, headers: headers).status == 200)
        let list = try await server.operate("token", "list", "bob").text
        let line = try #require(list.split(separator: "\n").first { $0.contains("  short  ") })
        let number = try #require(line.split(separator: " ").first)
        #expect(try await server.operate("token", "revoke", "bob", String(number)).code == 0)
        try await check(.request("", ["token"], status: 401, as: nil, headers: headers))
    }

    @Test("The native route refuses in the same words")
    func native() async throws {
        let server = try TestServer.shared()
        let form = try MultipartForm.task(TaskConfig(image: "nope"), .quick)
        let old = try await server.post("/new_task", form: form)
        let new = try await server.post("/api/v1/tasks", form: form)
        #expect(old.status == 400)
        #expect(new.status == 400)
        #expect(old.body == new.body)
    }

    /// Sends the request, compares the answer, and looks for traces of it.
    @discardableResult
    private func check(_ bad: BadRequest) async throws -> HTTPAnswer {
        let server = try TestServer.shared()
        let before = try await server.stored()
        let answer = try await bad.send(server)
        let problem: ProblemAnswer = try answer.decoded(status: bad.status)
        #expect(answer.headers["content-type"] == "application/problem+json")
        #expect(problem.status == bad.status)
        let errors = problem.errors ?? []
        let text = ([problem.detail] + errors.map(\.message)).joined(separator: "\n")
        for words in bad.words { #expect(text.contains(words), "“\(words)” is missing in: \(text)") }
        #expect(errors.map(\.path).sorted() == bad.paths.sorted(), "\(text)")
        #expect(try await server.stored() == before)
        #expect(before.listed.isEmpty)
        #expect(before.incoming.isEmpty)
        return answer
    }
}

extension TestServer {
    fileprivate func preview(_ config: JSONValue) async throws -> HTTPAnswer {
        var form = MultipartForm()
        form.add(file: "config.json", try JSONEncoder().encode(config))
        form.add(file: "train.py", Data(TrainingScript.quick.text.utf8))
        return try await post("/new_task?dry_run=true", form: form)
    }
}
