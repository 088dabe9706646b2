import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

extension MultipartForm {
    /// The body with a part before the others that is no file, as curl's `-F name=value` makes it.
    func body(withField name: String, _ value: String) -> Data {
        let field = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        return Data(field.utf8) + body
    }
}

extension TestServer {
    /// Posts a body written by hand, whose boundary is `abc`.
    func postRaw(
        _ body: String, contentType: String? = "multipart/form-data; boundary=abc"
    ) async throws -> HTTPAnswer {
        try await send("POST", "/new_task", body: Data(body.utf8), contentType: contentType)
    }

    /// Posts a body piece by piece.
    ///
    /// - Parameter length: nil sends it in chunks, without a Content-Length.
    func postStream(
        _ path: String, _ pieces: some AsyncSequence<ByteBuffer, any Error> & Sendable, contentType: String,
        length: Int64?, as person: Person = .ada
    ) async throws -> HTTPAnswer {
        var request = HTTPClientRequest(url: url + path)
        request.method = .POST
        request.headers.add(name: "Authorization", value: "Bearer \(token(of: person))")
        request.headers.add(name: "Content-Type", value: contentType)
        request.body = .stream(pieces, length: length.map { .known($0) } ?? .unknown)
        let response = try await client.execute(request, timeout: .seconds(300))
        let body = try await response.body.collect(upTo: 1 << 20)
        return HTTPAnswer(
            status: Int(response.status.code),
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { $0 + ", " + $1 },
            body: Data(buffer: body))
    }
}
