import Foundation
import Logging
import Postgres
import ServiceLifecycle
import SlipwayCore
import SlipwayServices
import SlipwayStore

/// The configured database, or the private one.
struct DatabaseSession {
    let configuration: Configuration
    let logger: Logger

    /// The private PostgreSQL, where no database is configured.
    func embedded() -> EmbeddedPostgres? {
        guard configuration.databaseURL == nil else { return nil }
        return EmbeddedPostgres(
            dataFolder: configuration.folders.postgres, binFolder: configuration.postgresBinaries, logger: logger)
    }

    /// Runs `body` with a client, for as long as `body` takes.
    func run<Value: Sendable>(
        url: String, acquireTimeLimit: Duration = .seconds(30),
        _ body: @escaping @Sendable (PostgresClient) async throws -> Value
    ) async throws -> Value {
        let client = PostgresClient(
            url: url, maximumConnections: 4, acquireTimeLimit: acquireTimeLimit, logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await client.run() }
            defer { group.cancelAll() }
            return try await body(client)
        }
    }

    /// Runs `body` beside a server that may or may not be running: the private PostgreSQL is started where it is not.
    func runBesideServer<Value: Sendable>(
        _ body: @escaping @Sendable (PostgresClient) async throws -> Value
    ) async throws -> Value {
        guard let embedded = embedded() else {
            return try await run(url: configuration.databaseURL ?? "", body)
        }
        if await answers(embedded.url) { return try await run(url: embedded.url, body) }
        try FileManager.default.createDirectory(
            atPath: configuration.dataRoot, withIntermediateDirectories: true)
        try await embedded.start()
        do {
            let value = try await run(url: embedded.url) { client in
                try await Self.migrate(client)
                return try await body(client)
            }
            await embedded.stop()
            return value
        } catch {
            await embedded.stop()
            throw error
        }
    }

    /// Brings the database to this program's version.
    ///
    /// - Throws: `PostgresError` of code `migration` where the database is newer than the program.
    @discardableResult
    static func migrate(_ client: PostgresClient) async throws -> [Migration] {
        try await Migrator(migrations: SlipwaySchema.migrations()).apply(on: client)
    }

    private func answers(_ url: String) async -> Bool {
        // That nothing answers is one of two expected cases: no warning is due.
        var quiet = logger
        quiet.logLevel = .critical
        do {
            _ = try await DatabaseSession(configuration: configuration, logger: quiet).run(
                url: url, acquireTimeLimit: .seconds(1)
            ) { try await $0.query("SELECT 1") }
            return true
        } catch {
            return false
        }
    }
}
