import Foundation

/// wrk, the load generator: one thread, so many connections, each sending its next request when the last is answered.
struct Wrk: Sendable {
    let net: DenseNet
    /// What wrk does and says (`load.lua`).
    let script: String

    init(net: DenseNet, workplace: Workplace) {
        self.net = net
        script = workplace.peers + "/load.lua"
    }

    /// - Parameter seconds: wrk takes whole ones.
    /// - Throws: `BenchError` where an answer is not a success, or a connection breaks.
    @discardableResult
    func run(_ request: ServeRequest, port: Int, connections: Int, seconds: Int) async throws -> WrkResult {
        // In a file: arguments are for everybody to see, and a token is among the headers.
        let headers = net.folder + "/headers"
        let file = open(headers, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw BenchError(.system, "open \(headers) failed") }
        let lines = request.headers.map { "\($0.name): \($0.value)\n" }.joined()
        try FileHandle(fileDescriptor: file, closeOnDealloc: true).write(contentsOf: Data(lines.utf8))
        let output = try await Command.run(
            "wrk",
            [
                "--threads", "1", "--connections", "\(connections)", "--duration", "\(seconds)s", "--timeout", "10s",
                "--script", script, "http://127.0.0.1:\(port)\(request.path)", "--",
                request.body.map { net.folder + "/" + $0 } ?? "-", headers,
            ])
        guard let line = output.split(separator: "\n").last(where: { $0.hasPrefix("{") }) else {
            throw BenchError(.command, "wrk said no result: \(output)")
        }
        let result = try JSONDecoder().decode(WrkResult.self, from: Data(line.utf8))
        guard result.requests > 0, result.failures == 0 else {
            throw BenchError(.answer, "the run against \(request.path) had failures: \(line)")
        }
        return result
    }
}
