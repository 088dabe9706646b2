/// A connection that a scope has to itself; of no use after the scope.
package final class PostgresConnection: Sendable {
    let lease: UInt64
    let switchboard: Switchboard

    init(lease: UInt64, switchboard: Switchboard) {
        self.lease = lease
        self.switchboard = switchboard
    }

    /// Runs one statement; throws as `PostgresClient.query(_:)` does.
    package func query(_ sql: SQL) async throws -> PostgresResult {
        try await switchboard.perform(.leased(lease), sql)
    }

    /// Runs `body` in a transaction: COMMIT when it returns, ROLLBACK when it throws or its task is cancelled.
    package func withTransaction<T>(_ body: (PostgresConnection) async throws -> T) async throws -> T {
        _ = try await query("BEGIN")
        let value: T
        do {
            value = try await body(self)
            try Task.checkCancellation()
        } catch {
            // Not cancellable: the connection must come out of the transaction. Where this fails, it is given up.
            _ = try? await switchboard.performShielded(.leased(lease), "ROLLBACK")
            throw error is CancellationError
                ? PostgresError(.cancelled, "the task was cancelled", underlying: error) : error
        }
        let result = try await switchboard.performShielded(.leased(lease), "COMMIT")
        guard result.commandTag == "COMMIT" else {
            throw PostgresError(
                .rolledBack,
                "PostgreSQL rolled the transaction back: a statement in it had failed and the scope went on")
        }
        return value
    }

    /// Runs a text of several statements without values, as a migration's.
    func execute(script: String) async throws {
        _ = try await switchboard.perform(.script(lease), SQL(unsafe: script))
    }
}
