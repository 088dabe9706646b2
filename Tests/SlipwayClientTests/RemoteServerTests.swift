import Foundation
import NIOCore
import SlipwayAPI
import SlipwayClient
import Testing

@Suite("A server whose connections break")
struct RemoteServerTests {
    /// Runs `body` against scripted replies; waits between tries take no time.
    private func asking(
        _ replies: [String], _ body: (RemoteServer) async throws -> Void
    ) async throws -> [String] {
        try await ScriptedServer.answering(replies) { url in
            try await RemoteServer.connected(
                with: ClientConfiguration(url: url, token: "secret"), pause: { _ in }, body)
        }
    }

    private func event(_ id: Int64, _ state: String) throws -> String {
        "id: \(id)\ndata: \(try json(TaskEventAnswer.sample(id: id, state: state)))\n\n"
    }

    @Test("Events go on after the last one seen, each is shown once, and the task's end is the end")
    func events() async throws {
        var shown: [String] = []
        let requests = try await asking([
            Reply.cut(try event(1, "queued") + event(2, "pending") + "id: 3\nda"),
            Reply.whole("503 Service Unavailable", ""),
            Reply.cut(try event(2, "pending") + event(3, "running") + event(4, "succeeded")),
            Reply.whole("200 OK", try json(TaskAnswer.sample(state: "succeeded"))),
        ]) { server in
            let end = try await server.follow(task: "t1") { event, _ in shown.append(event.state) }
            #expect(end.value.state == "succeeded")
        }
        #expect(shown == ["queued", "pending", "running", "succeeded"])
        #expect(!requests[0].contains("Last-Event-ID"))
        #expect(requests[1].contains("Last-Event-ID: 2\r\n"))
        #expect(requests[2].contains("Last-Event-ID: 2\r\n"))
        #expect(requests.allSatisfy { $0.contains("Authorization: Bearer secret\r\n") })
    }

    @Test("A server that is silent for good ends the watching")
    func eventsGiveUp() async throws {
        let error = await #expect(throws: ClientError.self) {
            _ = try await asking([Reply.cut(try event(1, "queued"))]) { server in
                _ = try await server.follow(task: "t1") { _, _ in }
            }
        }
        #expect(error?.code == .interrupted)
    }

    @Test("A log goes on where it broke, whether or not the server knows ranges", arguments: [true, false])
    func log(ranges: Bool) async throws {
        var text = ""
        let requests = try await asking([
            Reply.cut("one\ntw"),
            ranges ? Reply.whole("206 Partial Content", "o\nthree\n") : Reply.whole("200 OK", "one\ntwo\nthree\n"),
        ]) { server in
            try await server.log(of: "t1", following: true) { text += String(buffer: $0) }
        }
        #expect(text == "one\ntwo\nthree\n")
        #expect(requests[0].hasPrefix("GET /api/v1/tasks/t1/log?follow=true "))
        #expect(requests[1].contains("Range: bytes=6-\r\n"))
    }

    @Test("A task is sent again with the same key")
    func submit() async throws {
        try await withFolder { folder in
            let submission = try Submission(
                config: folder.file("config.json", Data("{}".utf8)),
                entrypoint: folder.file("train.py", Data("print()".utf8)), further: [])
            let requests = try await asking([
                "", Reply.whole("503 Service Unavailable", ""),
                Reply.whole("201 Created", try json(TaskAnswer.sample(state: "queued"))),
            ]) { server in
                let task = try await server.submit(submission, idempotencyKey: "key-1")
                #expect(task.value.id == "t1")
            }
            #expect(requests.count == 3)
            #expect(requests.allSatisfy { $0.contains("Idempotency-Key: key-1\r\n") && $0.contains("print()") })
        }
    }

    @Test("A refusal is told with its fields and is not sent again")
    func refusal() async throws {
        let problem = ProblemAnswer(
            title: "t", status: 422, detail: "two faults",
            errors: [
                .init(path: "$.a", value: "x", message: "unknown"), .init(path: "$.b", value: nil, message: "missing"),
            ])
        let requests = try await asking([Reply.whole("422 Unprocessable Content", try json(problem))]) { server in
            let error = await #expect(throws: ClientError.self) { try await server.task("t1") }
            #expect(error?.code == .refused(status: 422))
            #expect(error?.description == "two faults\n  $.a = “x”: unknown\n  $.b: missing")
        }
        #expect(requests.count == 1)
    }

    @Test(
        "Replies in other shapes are put into words too",
        arguments: [
            ("404 Not Found", #"{"error": "no model"}"#, "", ClientError.Code.refused(status: 404), "no model"),
            ("500 Oops", "<html>", "", .failed(status: 500), "answered 500: <html>"),
            ("301 Moved", "", "Location: https://h/\r\n", .refused(status: 301), "https://h/"),
            ("200 OK", "<html>", "", .unexpectedAnswer, "is not the one of a Slipway server"),
        ])
    func shapes(status: String, body: String, headers: String, code: ClientError.Code, words: String) async throws {
        _ = try await asking([Reply.whole(status, body, headers: headers)]) { server in
            let error = await #expect(throws: ClientError.self) { try await server.task("t1") }
            #expect(error?.code == code)
            #expect(error?.message.contains(words) == true)
        }
    }

    @Test("Where nothing listens, the sentence names the address and nothing is tried again")
    func refused() async throws {
        // Port 1 is reserved (tcpmux) and nobody listens there.
        try await RemoteServer.connected(
            with: ClientConfiguration(url: "http://127.0.0.1:1", token: "t"), pause: { _ in Issue.record("waited") }
        ) { server in
            let error = await #expect(throws: ClientError.self) { try await server.follow(task: "t1") { _, _ in } }
            #expect(error?.code == .unreachable)
            #expect(error?.message.contains("nothing listens") == true)
            #expect(error?.message.contains("http://127.0.0.1:1") == true)
        }
    }
}
