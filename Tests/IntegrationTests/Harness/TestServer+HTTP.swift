import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

extension TestServer {
    /// One request, whose whole answer is read. Nobody asks without a token.
    func send(
        _ method: String, _ path: String, as person: Person? = .ada, body: Data? = nil, contentType: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> HTTPAnswer {
        let request = request(
            HTTPMethod(rawValue: method), path, as: person, body: body, contentType: contentType, headers: headers)
        let response = try await client.execute(request, timeout: .seconds(120))
        let answer = try await response.body.collect(upTo: 256 << 20)
        return HTTPAnswer(
            status: Int(response.status.code), headers: Self.dictionary(response.headers), body: Data(buffer: answer))
    }

    func get(_ path: String, as person: Person? = .ada, headers: [String: String] = [:]) async throws -> HTTPAnswer {
        try await send("GET", path, as: person, headers: headers)
    }

    func post(_ path: String, as person: Person? = .ada) async throws -> HTTPAnswer {
        try await send("POST", path, as: person)
    }

    func post(_ path: String, json: String, as person: Person? = .ada) async throws -> HTTPAnswer {
        try await send("POST", path, as: person, body: Data(json.utf8), contentType: "application/json")
    }

    func post(
        _ path: String, form: MultipartForm, as person: Person? = .ada, headers: [String: String] = [:]
    ) async throws -> HTTPAnswer {
        try await send(
            "POST", path, as: person, body: form.body, contentType: form.contentType, headers: headers)
    }

    /// Opens an answer whose body is read as it comes; it ends when `read` returns.
    func stream(
        _ path: String, as person: Person = .ada, headers: [String: String] = [:],
        _ read: (HTTPClientResponse) async throws -> Void
    ) async throws {
        let request = request(.GET, path, as: person, headers: headers)
        try await read(try await client.execute(request, timeout: .seconds(120)))
    }

    private func request(
        _ method: HTTPMethod, _ path: String, as person: Person?, body: Data? = nil, contentType: String? = nil,
        headers: [String: String]
    ) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: url + path)
        request.method = method
        if let person { request.headers.add(name: "Authorization", value: "Bearer \(token(of: person))") }
        if let contentType { request.headers.add(name: "Content-Type", value: contentType) }
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(data: body)) }
        return request
    }

    private static func dictionary(_ headers: HTTPHeaders) -> [String: String] {
        Dictionary(headers.map { ($0.name.lowercased(), $0.value) }) { $0 + ", " + $1 }
    }
}
