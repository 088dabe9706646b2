import NIOCore

/// A request, as it is asked once or sent again and again.
struct WireRequest: Sendable {
    var method: String
    var path: String
    var contentType: String?
    var body: ByteBuffer

    static func get(_ path: String) -> WireRequest {
        WireRequest(method: "GET", path: path, contentType: nil, body: ByteBuffer())
    }

    static func post(_ path: String, json: String) -> WireRequest {
        WireRequest(method: "POST", path: path, contentType: "application/json", body: ByteBuffer(string: json))
    }

    /// A form of files, all under the part name `files`, as curl sends it (RFC 7578).
    static func post(_ path: String, files: [(name: String, content: String)]) -> WireRequest {
        let form = MultipartForm()
        let body = files.map { form.head(of: $0.name) + $0.content }.joined() + form.end
        return WireRequest(method: "POST", path: path, contentType: form.contentType, body: ByteBuffer(string: body))
    }

    /// The request in HTTP/1.1 (RFC 9112), for a connection that stays open.
    func bytes(token: String?) -> ByteBuffer {
        var buffer = ByteBuffer(string: head(token: token, length: Int64(body.readableBytes)))
        buffer.writeImmutableBuffer(body)
        return buffer
    }

    func head(token: String?, length: Int64) -> String {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1"]
        if let token { lines.append("Authorization: Bearer \(token)") }
        if let contentType { lines.append("Content-Type: \(contentType)") }
        if method != "GET" { lines.append("Content-Length: \(length)") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }
}
