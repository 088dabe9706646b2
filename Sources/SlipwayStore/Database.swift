import Postgres
import SlipwayCore

/// The client with errors put into the domain's words.
struct Database: Sendable {
    let client: PostgresClient

    /// One statement, which is a transaction of its own: what two of them do to each other can be tried again.
    func query(_ sql: SQL) async throws -> PostgresResult {
        try await Self.translating {
            do {
                return try await client.query(sql)
            } catch let error as PostgresError where error.isSerializationFailure {
                return try await client.query(sql)
            }
        }
    }

    func transaction<Value: Sendable>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await Self.translating { try await client.withTransaction(body) }
    }

    /// A database that is away is a state of the world, not a fault of the request: it becomes `.unavailable`.
    private static func translating<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as PostgresError where error.meansAbsence {
            throw SlipwayError(.unavailable, "The database does not answer at the moment; try again in a few seconds.")
        }
    }
}

extension PostgresError {
    /// The server cannot be reached, is starting, stopping, or out of connections (SQLSTATE classes 08, 53 and 57P).
    var meansAbsence: Bool {
        if code == .connectionLost { return true }
        guard let sqlState else { return false }
        return sqlState.hasPrefix("08") || sqlState.hasPrefix("53") || sqlState.hasPrefix("57P")
    }

    /// This unique index refused the row.
    func violates(_ name: String) -> Bool { isUniqueViolation && constraint == name }
}
