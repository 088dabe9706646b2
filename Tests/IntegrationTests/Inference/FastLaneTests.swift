import Foundation
import Testing

@Suite("Inferences answered beside the routes")
struct FastLaneTests {
    @Test(
        "Requests that are sent ahead are answered in their order, whichever way each of them goes",
        arguments: [true, false])
    func ahead(staysOpen: Bool) async throws {
        try await withTestServer { server in
            try await ShiftModels.make(1...1, in: server.folder)
            try await ShiftModels.upload(1, as: "ahead", to: server, from: server.folder)
            // Once the ordinary way: from now on nothing has to be looked up.
            #expect(try await ShiftModels.infer("ahead", on: server).status == 200)
            var text = ""
            var expected: [String] = []
            for number in 0..<60 {
                switch number % 4 {
                case 2:
                    text += "GET /v2/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    expected.append("live")
                case 3:
                    text += request("ahead", body: #"{"inputs": [{"name": "x"}]}"#, server)
                    expected.append("400")
                default:
                    text += request("ahead", body: ShiftModels.request(number), server)
                    expected.append("\(number + 1).0,\(number + 1).0")
                }
            }
            text += "GET /v2/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            expected.append("live")
            let answers = try await RawRequest(head: text).answers(of: server, staysOpen: staysOpen)
                .components(separatedBy: "HTTP/1.1 ").dropFirst()
            #expect(answers.count == expected.count)
            for (answer, wanted) in zip(answers, expected) {
                #expect(answer.contains(wanted), "\(answer) has no \(wanted)")
            }
        }
    }

    @Test("Both ways give the same answer: headers, body, errors")
    func sameAnswer() async throws {
        try await withTestServer { server in
            try await ShiftModels.make(1...1, in: server.folder)
            try await ShiftModels.upload(1, as: "both", to: server, from: server.folder)
            let path = "/v2/models/both/infer"
            for body in [
                ShiftModels.request(3), #"{"id": "a", "inputs": []}"#, "no JSON",
                #"{"inputs": [{"name": "y", "datatype": "FP32", "shape": [1, 2], "data": [1, 2]}]}"#,
                #"{"inputs": [{"name": "x", "datatype": "FP32", "shape": [1, 3], "data": [1, 2, 3]}]}"#,
                #"{"inputs": [{"name": "x", "datatype": "FP32", "shape": [1, 2], "data": [1, 2]}], "outputs": [{"name": "z"}]}"#,
            ] {
                // A coding that is asked for goes the long way; so short an answer is the same without.
                let long = try await server.send(
                    "POST", path + "?", body: Data(body.utf8), contentType: "application/json")
                let short = try await server.send("POST", path, body: Data(body.utf8), contentType: "application/json")
                #expect(short.status == long.status, "\(body)")
                #expect(short.text == long.text, "\(body)")
                let own: Set = ["x-request-id", "date"]
                #expect(
                    short.headers.filter { !own.contains($0.key) } == long.headers.filter { !own.contains($0.key) },
                    "\(body)")
            }
        }
    }

    @Test(
        "Shapes beyond all measure are refused, and the server lives",
        arguments: [
            "[9223372036854775807, 0]", "[0, 4611686018427387904, 4]", "[1099511627777, 0]", "[9223372036854775807, 2]",
        ])
    func shapes(shape: String) async throws {
        try await withTestServer { server in
            try await ShiftModels.make(1...1, in: server.folder)
            try await ShiftModels.upload(1, as: "shaped", to: server, from: server.folder)
            let body = #"{"inputs": [{"name": "x", "datatype": "FP32", "shape": \#(shape), "data": []}]}"#
            for _ in 1...3 {
                let answer = try await server.post("/v2/models/shaped/infer", json: body)
                #expect(answer.status == 400, "\(answer.text)")
            }
            #expect(try await ShiftModels.infer("shaped", on: server).status == 200)
        }
    }

    @Test("Clients that leave in the middle of their request or before their answer do no harm")
    func leaving() async throws {
        try await withTestServer { server in
            try await ShiftModels.make(1...1, in: server.folder)
            try await ShiftModels.upload(1, as: "left", to: server, from: server.folder)
            #expect(try await ShiftModels.infer("left", on: server).status == 200)
            let whole = request("left", body: ShiftModels.request(1), server)
            for length in stride(from: 1, to: whole.utf8.count, by: 23) {
                _ = try? await RawRequest(head: String(whole.prefix(length))).answers(of: server)
            }
            #expect(try await ShiftModels.infer("left", on: server).status == 200)
        }
    }

    private func request(_ model: String, body: String, _ server: TestServer) -> String {
        """
        POST /v2/models/\(model)/infer HTTP/1.1\r
        Host: localhost\r
        Authorization: Bearer \(server.token(of: .ada))\r
        Content-Type: application/json\r
        Content-Length: \(body.utf8.count)\r
        \r
        \(body)
        """
    }
}
