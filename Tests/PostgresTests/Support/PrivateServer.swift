import FoundationEssentials
import Logging
import Postgres
import Testing

/// Gives a suite a PostgreSQL server of its own; the tests fail where it cannot be started, as by root.
struct PrivateServer: SuiteTrait, TestScoping {
    @TaskLocal static var url = ""

    @concurrent func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withFolder { folder in
            try await withServer(in: folder) { server in
                try await Self.$url.withValue(server.url) { try await function() }
            }
        }
    }
}

extension Trait where Self == PrivateServer {
    static var privateServer: PrivateServer { PrivateServer() }
}

/// Runs `body` with an empty folder that is removed afterwards.
func withFolder<T>(named prefix: String = "pg", _ body: (String) async throws -> T) async throws -> T {
    let folder = "/tmp/slipway-\(prefix)-\(UUID().uuidString.prefix(8).lowercased())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

/// Runs `body` while a server runs in `folder`.
func withServer<T>(in folder: String, _ body: (EmbeddedPostgres) async throws -> T) async throws -> T {
    let server = EmbeddedPostgres(dataFolder: folder + "/data", binFolder: nil, logger: .quiet)
    do {
        try await server.start()
        let value = try await body(server)
        await server.stop()
        return value
    } catch {
        await server.stop()
        throw error
    }
}

/// Runs `body` while a client runs.
func withClient<T: Sendable>(
    url: String = PrivateServer.url, maximumConnections: Int = 8, acquireTimeLimit: Duration = .seconds(120),
    _ body: (PostgresClient) async throws -> T
) async throws -> T {
    let client = PostgresClient(
        url: url, maximumConnections: maximumConnections, acquireTimeLimit: acquireTimeLimit, logger: .quiet)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await client.run() }
        let value = try await body(client)
        group.cancelAll()
        try await group.waitForAll()
        return value
    }
}

extension PostgresClient {
    /// Asks `question` until it answers true; for what another connection does meanwhile.
    func waits(until question: SQL) async throws {
        let limit = ContinuousClock.now + .seconds(120)
        while try await query(question).first?.decode(at: 0, as: Bool.self) != true {
            guard ContinuousClock.now < limit else { throw Overdue(question: question.text) }
            await Task.yield()
        }
    }
}

/// What a test waited for did not come.
struct Overdue: Error {
    let question: String
}

extension Logger {
    static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// A name for a table that no other test has.
func freshName() -> String {
    "t_" + UUID().uuidString.lowercased().filter { $0 != "-" }
}

/// The error that `body` throws, if it is one of PostgreSQL's module.
func failure(_ body: () async throws -> Void) async -> PostgresError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? PostgresError
    }
}
