import Foundation
import HTTPTypes
import Hummingbird
import SlipwayAPI
import Testing

@testable import SlipwayServer

@Suite("Routes")
struct RouteTests {
    private struct Dialect: RouteRegistration {
        var errorStyle: ErrorStyle = .problemJSON
        var prefixes: [String] = []
        var paths: [(HTTPRequest.Method, String)]

        var endpoints: [Endpoint] {
            paths.map { method, path in
                let documentation = EndpointDocumentation("G", "Does <it>.", answer: .json(Samples.task))
                return Endpoint(open: method, path, documentation) { _ in .text("x") }
            }
        }
    }

    private let registrations: [any RouteRegistration] = [
        Dialect(paths: [(.get, "/a/{id}"), (.post, "/a/{id}"), (.delete, "/a/fixed"), (.get, "/files/**")]),
        Dialect(errorStyle: .errorMember, prefixes: ["/v2"], paths: [(.get, "/v2"), (.post, "/v2/{m}/infer")]),
    ]
    private var table: RouteTable { RouteTable(registrations) }

    @Test(
        "The methods at a path are known, slashes at its end do not count",
        arguments: [
            ("/a/1", ["GET", "HEAD", "POST"]), ("/a/1/", ["GET", "HEAD", "POST"]),
            ("/a/fixed", ["DELETE", "GET", "HEAD", "POST"]), ("/a", []), ("/files", []),
            ("/files/x/y", ["GET", "HEAD"]),
            ("/v2/m/infer", ["POST"]),
        ])
    func methods(path: String, expected: [String]) {
        #expect(table.methods(at: path) == expected)
    }

    @Test(
        "Errors have the shape of the API that the path belongs to",
        arguments: [
            ("/a/1", "application/problem+json"), ("/nowhere", "application/problem+json"), ("/v2", "application/json"),
            ("/v2/nowhere/at/all", "application/json"), ("/v2x", "application/problem+json"),
        ])
    func styles(path: String, contentType: String) throws {
        let response = try table.errorStyle(at: path).response(for: Problem(.notFound, "x"))
        #expect(response.headers[.contentType] == contentType)
    }

    @Test("OpenAPI describes every endpoint")
    func openAPI() throws {
        let document = try OpenAPIDocument(registrations: registrations).json()
        guard case .object(let root) = document, case .object(let paths)? = root["paths"],
            case .object(let task)? = paths["/a/{id}"], case .object(let get)? = task["get"]
        else {
            Issue.record("the document has another shape")
            return
        }
        #expect(Set(paths.keys) == ["/a/{id}", "/a/fixed", "/files/{path}", "/v2", "/v2/{m}/infer"])
        #expect(task.keys.sorted() == ["get", "post"])
        #expect(root["openapi"] == .string("3.1.0"))
        #expect(get["summary"] == .string("Does <it>."))
    }

    @Test("A schema is read from an example")
    func schema() throws {
        let schema = JSONSchema.schema(
            of: .object([
                "n": .integer(1), "t": .string("2026-01-31T12:00:00.000Z"), "s": .string("x"),
                "l": .array([.bool(true)]),
            ]))
        #expect(
            schema
                == .object([
                    "type": .string("object"),
                    "properties": .object([
                        "n": .object(["type": .string("integer")]),
                        "t": .object(["type": .string("string"), "format": .string("date-time")]),
                        "s": .object(["type": .string("string")]),
                        "l": .object(["type": .string("array"), "items": .object(["type": .string("boolean")])]),
                    ]),
                ]))
    }

    @Test("An event's frame is one record of a server-sent stream")
    func eventFrame() throws {
        let event = TaskEventAnswer(
            id: 7, task: "0f3k9tq2xb", attempt: 1, state: "failed", reason: nil, witness: "squeue", raw: "a\nb",
            message: nil, factAt: Samples.time, learnedAt: Samples.time)
        let frame = String(buffer: try EventStream.frame(event))
        #expect(frame.hasPrefix("id: 7\nevent: state\ndata: {"))
        #expect(frame.hasSuffix("}\n\n"))
        #expect(frame.split(separator: "\n").count == 3)
    }
}
