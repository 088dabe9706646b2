import Foundation

/// curl as people run it, whose commands for an old server's address reach a test's.
struct Curl: Sendable {
    /// Where commands are run: what they upload lies here.
    let folder: String

    /// - Parameter ports: The test's ports by the address that commands name, such as `localhost:8083`.
    init(folder: String, ports: [String: Int]) throws {
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let routes = ports.map { "connect-to = \"\($0.key):127.0.0.1:\($0.value)\"\n" }.joined()
        // `-k`, for the tests make their own certificates; a proxy of the machine's must not come between.
        try (routes + "insecure\nsilent\nshow-error\nnoproxy = \"*\"\n")
            .write(toFile: folder + "/.curlrc", atomically: true, encoding: .utf8)
    }

    /// Runs a command line letter for letter, and returns what it printed; throws where curl fails.
    func run(_ command: String) async throws -> String {
        try await Command(
            program: "bash", arguments: ["-c", command], environment: ["CURL_HOME": folder], folder: folder
        )
        .succeed()
    }

    /// The answer as JSON.
    func json<Value: Decodable>(_ command: String, as type: Value.Type = Value.self) async throws -> Value {
        let text = try await run(command)
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw TestFailure("\(command) answered \(text)")
        }
    }

    /// The answer's status.
    func status(_ command: String) async throws -> Int {
        let text = try await run(command + #" -o /dev/null -w '%{http_code}'"#)
        guard let status = Int(text) else { throw TestFailure("\(command) answered \(text)") }
        return status
    }

    func path(_ name: String) -> String { folder + "/" + name }

    func write(_ name: String, _ text: String) throws {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
    }
}

extension TestServer {
    /// The port where a dialect is spoken, whichever the system chose.
    func port(of dialect: String) throws -> Int {
        let log = try String(contentsOfFile: home + "/server.log", encoding: .utf8)
        guard let port = log.matches(of: /dialect=(\w+) port=(\d+)/).last(where: { $0.output.1 == dialect })?.output.2,
            let number = Int(port)
        else { throw TestFailure("no port of \(dialect) in the log:\n\(log.suffix(2000))") }
        return number
    }
}

extension ServerSettings {
    /// The dialects at ports of their own, where requests without a token act as Ada.
    static func dialects(_ further: [String] = []) -> ServerSettings {
        ServerSettings(
            lines: [
                """
                dialects:
                  tfaas: {listen: "127.0.0.1:0", user: ada}
                  mlbuffet: {listen: "127.0.0.1:0", user: ada}
                  mlaas4hep: {listen: "127.0.0.1:0", user: ada}
                """
            ] + further)
    }
}
