import AsyncHTTPClient
import Foundation
import Synchronization

/// A real server with a data root and a private PostgreSQL of its own.
final class TestServer: Sendable {
    let environment: TestEnvironment
    /// The data root.
    let folder: String
    /// Where its configuration, its log and its tools are: the data root, or a folder in it for a second server.
    let home: String
    /// Nil: it keeps a private PostgreSQL under the data root.
    private let databaseURL: String?
    let client: HTTPClient
    private let tokens: [Person: String]
    private let settings: ServerSettings
    private let state = Mutex(State())

    private struct State {
        var process: ServerProcess?
        /// Nil before the first start.
        var port: HeldPort?
    }

    init(
        environment: TestEnvironment, folder: String, tokens: [Person: String], settings: ServerSettings,
        client: HTTPClient, home: String? = nil, databaseURL: String? = nil
    ) {
        self.environment = environment
        self.folder = folder
        self.home = home ?? folder
        self.databaseURL = databaseURL
        self.tokens = tokens
        self.settings = settings
        self.client = client
    }

    var port: Int { state.withLock { $0.port?.number ?? 0 } }
    var url: String { "http://127.0.0.1:\(port)" }
    /// The server's process id, 0 while it does not run.
    var pid: pid_t { state.withLock { $0.process?.pid ?? 0 } }
    var configuration: String { home + "/slipway.yml" }
    var toolsFolder: String { home + "/tools" }

    func token(of person: Person) -> String { tokens[person] ?? "" }

    /// Starts the server, always on the same port, which is kept for it while it does not run, and returns when it
    /// listens.
    ///
    /// - Parameter fault: The point at which it is to be killed (`SLIPWAY_FAULT`).
    func start(fault: String? = nil) async throws {
        if port == 0 {
            let held = try HeldPort()
            state.withLock { $0.port = held }
        }
        let text = settings.text(folder: folder, home: home, port: port, in: environment)
        try text.write(toFile: configuration, atomically: true, encoding: .utf8)
        let process = try ServerProcess(
            program: environment.serverBinary, arguments: ["serve", "--config", configuration], folder: home,
            environment: ["SLIPWAY_FAULT": fault, "DATABASE_URL": databaseURL].compactMapValues { $0 })
        state.withLock { $0.process = process }
        guard let line = try await Blocking.run({ process.firstLine() }), line.hasSuffix(":\(port)") else {
            throw TestFailure("the server did not start:\n\(log)")
        }
    }

    /// Asks the server to stop in order; throws unless it ends with 0.
    func stop() async throws {
        guard let process = state.withLock({ $0.process.take() }) else { return }
        process.send(SIGTERM)
        let code = try await Blocking.run { process.waitForEnd(seconds: 120) }
        guard code == 0 else {
            process.send(SIGKILL)
            _ = try await Blocking.run { process.waitForEnd(seconds: 5) }
            let how = code.map { "ended with \($0)" } ?? "did not end within 120 s"
            throw TestFailure("the server was asked to stop and \(how):\n\(log)")
        }
    }

    /// Ends the server from one moment to the next; its PostgreSQL goes on.
    func kill() async throws {
        guard let process = state.withLock({ $0.process.take() }) else { return }
        process.send(SIGKILL)
        _ = try await Blocking.run { process.waitForEnd(seconds: 10) }
    }

    /// Makes its process stand still (SIGSTOP); its PostgreSQL and its commands go on.
    func pause() { state.withLock { $0.process }?.send(SIGSTOP) }

    /// Lets it go on (SIGCONT), as if no time had passed.
    func resume() { state.withLock { $0.process }?.send(SIGCONT) }

    /// Another server on the same data root and the same database, which is this one's private PostgreSQL.
    ///
    /// - Parameter name: Its folder in the data root.
    func companion(_ settings: ServerSettings, name: String = "second") -> TestServer {
        TestServer(
            environment: environment, folder: folder, tokens: tokens, settings: settings, client: client,
            home: "\(folder)/\(name)", databaseURL: "postgresql://slipway@/slipway?host=\(folder)/postgres/socket")
    }

    /// Waits for an end that nobody asked for, and returns the exit code, or the negative signal.
    func died(within seconds: Double = 240) async throws -> Int {
        guard let process = state.withLock({ $0.process }) else { throw TestFailure("the server does not run") }
        guard let code = try await Blocking.run({ process.waitForEnd(seconds: seconds) }) else {
            throw TestFailure("the server still runs after \(seconds) s:\n\(log)")
        }
        state.withLock { $0.process = nil }
        return code
    }

    /// The end of the server's log, for messages.
    var log: String { Self.logTail(of: home) }

    /// The server's log from its beginning.
    var wholeLog: String {
        String(decoding: FileManager.default.contents(atPath: home + "/server.log") ?? Data(), as: UTF8.self)
    }

    static func logTail(of folder: String) -> String {
        let text = FileManager.default.contents(atPath: folder + "/server.log") ?? Data()
        return String(decoding: text.suffix(6000), as: UTF8.self)
    }

    /// The process id of the private PostgreSQL.
    func postmaster() throws -> pid_t {
        let text = try String(contentsOfFile: folder + "/postgres/cluster/postmaster.pid", encoding: .utf8)
        guard let pid = text.split(separator: "\n").first.flatMap({ pid_t($0) }) else {
            throw TestFailure("postmaster.pid holds “\(text)”")
        }
        return pid
    }

    /// Runs `slipway` as a person would, against this server.
    func slipway(
        _ arguments: String..., as person: Person = .ada, folder: String? = nil
    ) async throws -> Command.Output {
        try await Command(
            program: environment.serverBinary, arguments: arguments,
            environment: ["SLIPWAY_URL": url, "SLIPWAY_TOKEN": token(of: person), "NO_COLOR": "1"], folder: folder
        ).run(within: .seconds(120))
    }

    /// Runs `slipway` as the operator, on this server's configuration.
    func operate(_ arguments: String..., inputFile: String? = nil) async throws -> Command.Output {
        try await Command(
            program: environment.serverBinary, arguments: arguments + ["--config", configuration], inputFile: inputFile
        ).run(within: .seconds(60))
    }
}
