import Postgres
import Testing

extension PostgresTests {
    @Suite("Transactions")
    struct TransactionTests {
        private struct Refusal: Error {}

        @Test("A scope that returns commits")
        func commits() async throws {
            try await withClient { client async throws in
                let table = freshName()
                _ = try await client.query("CREATE TABLE \(unsafe: table) (n int)")
                let answer = try await client.withTransaction { connection async throws in
                    _ = try await connection.query("INSERT INTO \(unsafe: table) VALUES (1)")
                    #expect(try await client.query("SELECT * FROM \(unsafe: table)").isEmpty)
                    return 42
                }
                #expect(answer == 42)
                #expect(try await client.query("SELECT * FROM \(unsafe: table)").count == 1)
            }
        }

        @Test("A scope that throws rolls back and passes its error on")
        func rollsBack() async throws {
            try await withClient(maximumConnections: 1) { client async throws in
                let table = freshName()
                _ = try await client.query("CREATE TABLE \(unsafe: table) (n int)")
                await #expect(throws: Refusal.self) {
                    try await client.withTransaction { connection async throws in
                        _ = try await connection.query("INSERT INTO \(unsafe: table) VALUES (1)")
                        throw Refusal()
                    }
                }
                #expect(try await client.query("SELECT * FROM \(unsafe: table)").isEmpty)
            }
        }

        @Test("A scope that swallows a failed statement learns that nothing was committed")
        func spoiled() async throws {
            try await withClient { client async throws in
                let table = freshName()
                _ = try await client.query("CREATE TABLE \(unsafe: table) (n int)")
                let error = await failure {
                    try await client.withTransaction { connection async throws in
                        _ = try await connection.query("INSERT INTO \(unsafe: table) VALUES (1)")
                        _ = try? await connection.query("SELECT 1 / 0")
                    }
                }
                #expect(error?.code == .rolledBack)
                #expect(try await client.query("SELECT * FROM \(unsafe: table)").isEmpty)
            }
        }

        @Test("A transaction that a scope leaves open does not reach the next scope")
        func leftOpen() async throws {
            try await withClient(maximumConnections: 1) { client async throws in
                let table = freshName()
                _ = try await client.query("CREATE TABLE \(unsafe: table) (n int)")
                try await client.withConnection { connection async throws in
                    _ = try await connection.query("BEGIN")
                    _ = try await connection.query("INSERT INTO \(unsafe: table) VALUES (1)")
                }
                #expect(try await client.query("SELECT * FROM \(unsafe: table)").isEmpty)
            }
        }

        @Test("A connection is of no use after its scope")
        func afterScope() async throws {
            try await withClient { client async throws in
                let kept = try await client.withConnection { $0 }
                let error = await failure { _ = try await kept.query("SELECT 1") }
                #expect(error?.code == .connectionLost)
            }
        }

        @Test("Statements of one scope run in the order in which they were sent")
        func order() async throws {
            try await withClient { client async throws in
                let table = freshName()
                try await client.withTransaction { connection async throws in
                    _ = try await connection.query("CREATE TABLE \(unsafe: table) (id serial, n int)")
                    for number in 0..<50 {
                        _ = try await connection.query("INSERT INTO \(unsafe: table) (n) VALUES (\(number))")
                    }
                }
                let rows = try await client.query("SELECT n FROM \(unsafe: table) ORDER BY id")
                #expect(try rows.map { try $0.decode("n", as: Int.self) } == Array(0..<50))
            }
        }
    }
}
