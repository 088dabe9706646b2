import Foundation

/// Bytes as no HTTP library would send them.
struct RawRequest: Sendable {
    var head: String
    var body = ""

    /// - Parameter length: What Content-Length says, whether it is true or not.
    static func newTask(
        token: String, contentType: String = "multipart/form-data; boundary=abc", length: String, body: String
    ) -> RawRequest {
        RawRequest(
            head: """
                POST /new_task HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer \(token)\r
                Content-Type: \(contentType)\r
                Content-Length: \(length)\r
                \r

                """, body: body)
    }

    /// Sends it all, says that no more will come, and reads until the server closes.
    func send(to server: TestServer) async throws -> HTTPAnswer {
        let port = UInt16(server.port)
        let answer = try await Blocking.run { try Self.exchange(Data((head + body).utf8), port: port) }
        return try Self.parse(answer)
    }

    /// The same, with all that the server sent, answers one after another.
    ///
    /// - Parameter staysOpen: Does not say that no more will come: the last request has to ask for the connection's end.
    func answers(of server: TestServer, staysOpen: Bool = false) async throws -> String {
        let port = UInt16(server.port)
        return String(
            decoding: try await Blocking.run {
                try Self.exchange(Data((head + body).utf8), port: port, staysOpen: staysOpen)
            }, as: UTF8.self)
    }

    private static func exchange(_ request: Data, port: UInt16, staysOpen: Bool = false) throws -> Data {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw failure("socket") }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw failure("connect") }
        var limit = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let sent = request.withUnsafeBytes {
            Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard sent == request.count else { throw failure("send") }
        if !staysOpen { shutdown(descriptor, Int32(SHUT_WR)) }
        var answer = Data()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 0 else { throw failure("recv") }
            if count == 0 { return answer }
            answer += buffer[..<count]
        }
    }

    private static func parse(_ answer: Data) throws -> HTTPAnswer {
        guard let end = answer.range(of: Data("\r\n\r\n".utf8)) else {
            throw TestFailure("no answer, but “\(String(decoding: answer, as: UTF8.self))”")
        }
        let lines = String(decoding: answer[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { throw TestFailure("no status in “\(lines[0])”") }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
                in: .whitespaces)
        }
        return HTTPAnswer(status: status, headers: headers, body: Data(answer[end.upperBound...]))
    }

    private static func failure(_ call: String) -> TestFailure {
        TestFailure("\(call): \(String(cString: strerror(errno)))")
    }
}
