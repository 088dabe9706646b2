extension PostgresClient {
    /// Runs `body` with a connection that nobody else uses meanwhile; the connection ends with the scope.
    ///
    /// Waiting for it is first come, first served. Settings that `body` changes stay with the connection: use SET
    /// LOCAL.
    package func withConnection<T>(_ body: (PostgresConnection) async throws -> T) async throws -> T {
        let connection = try await switchboard.acquire()
        defer { switchboard.post(.release(connection.lease)) }
        return try await body(connection)
    }

    /// Runs `body` in a transaction: COMMIT when it returns, ROLLBACK when it throws or its task is cancelled.
    ///
    /// Throws `.rolledBack` where a failed statement inside had spoiled the transaction though `body` returned.
    package func withTransaction<T>(_ body: (PostgresConnection) async throws -> T) async throws -> T {
        try await withConnection { try await $0.withTransaction(body) }
    }
}
