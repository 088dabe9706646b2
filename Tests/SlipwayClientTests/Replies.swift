/// Replies for a scripted server.
enum Reply {
    static func whole(_ status: String, _ body: String, headers: String = "") -> String {
        "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
    }

    /// Says that there is more to come than what comes.
    static func cut(_ body: String, headers: String = "") -> String {
        "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count + 1000)\r\n\(headers)\r\n\(body)"
    }
}
