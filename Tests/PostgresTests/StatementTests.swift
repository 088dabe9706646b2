import Postgres
import Testing

extension PostgresTests {
    @Suite("Statements")
    struct StatementTests {
        @Test("An error carries SQLSTATE, message and constraint")
        func errors() async throws {
            try await withClient { client async throws in
                let table = freshName()
                _ = try await client.query("CREATE TABLE \(unsafe: table) (id int CONSTRAINT the_key PRIMARY KEY)")
                _ = try await client.query("INSERT INTO \(unsafe: table) VALUES (\(1))")
                let twice = await failure { _ = try await client.query("INSERT INTO \(unsafe: table) VALUES (\(1))") }
                #expect(twice?.code == .server)
                #expect(twice?.sqlState == "23505")
                #expect(twice?.isUniqueViolation == true)
                #expect(twice?.constraint == "the_key")
                #expect(twice?.detail == "Key (id)=(1) already exists.")
                let syntax = await failure { _ = try await client.query("SELEKT 1") }
                #expect(syntax?.sqlState == "42601")
                let division = await failure { _ = try await client.query("SELECT 1 / \(0)") }
                #expect(division?.sqlState == "22012")
            }
        }

        @Test("The number of affected rows is told")
        func affectedRows() async throws {
            try await withClient { client async throws in
                let table = freshName()
                #expect(try await client.query("CREATE TABLE \(unsafe: table) (n int)").affectedRows == 0)
                let inserted = try await client.query(
                    "INSERT INTO \(unsafe: table) SELECT generate_series(1, \(5)) RETURNING n")
                #expect(inserted.affectedRows == 5)
                #expect(try inserted.map { try $0.decode("n", as: Int.self) } == [1, 2, 3, 4, 5])
                #expect(try await client.query("UPDATE \(unsafe: table) SET n = 0 WHERE n > \(2)").affectedRows == 3)
                #expect(try await client.query("DELETE FROM \(unsafe: table) WHERE n = \(9)").affectedRows == 0)
            }
        }

        @Test("Values cannot become statements")
        func injection() async throws {
            try await withClient { client async throws in
                let table = freshName()
                _ = try await client.query("CREATE TABLE \(unsafe: table) (name text)")
                let evil = "x'); DROP TABLE \(table); --"
                _ = try await client.query("INSERT INTO \(unsafe: table) VALUES (\(evil))")
                let rows = try await client.query("SELECT name FROM \(unsafe: table) WHERE name = \(evil)")
                #expect(try rows.map { try $0.decode("name", as: String.self) } == [evil])
            }
        }

        @Test("One statement's error concerns no other in the pipeline")
        func isolation() async throws {
            try await withClient { client async throws in
                // The first runs teach the client that both texts are short reads, so that the rest share a connection.
                _ = try await client.query("SELECT 100 / \(1) AS n")
                let outcomes = try await withThrowingTaskGroup(of: (Int, Int?, String?).self) { group in
                    for number in 0..<500 {
                        group.addTask {
                            do {
                                let rows = try await client.query("SELECT 100 / \(number % 5) AS n")
                                return (number, try rows[0].decode("n"), nil)
                            } catch let error as PostgresError {
                                return (number, nil, error.sqlState)
                            }
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.count == 500)
                for (number, value, state) in outcomes {
                    #expect(value == (number % 5 == 0 ? nil : 100 / (number % 5)))
                    #expect(state == (number % 5 == 0 ? "22012" : nil))
                }
            }
        }

        @Test("Writes of many callers are transactions of their own")
        func concurrentWrites() async throws {
            try await withClient { client async throws in
                let table = freshName()
                _ = try await client.query("CREATE TABLE \(unsafe: table) (n int PRIMARY KEY CHECK (n % 7 <> 0))")
                let refused = await withTaskGroup(of: Bool.self) { group in
                    for number in 0..<300 {
                        group.addTask {
                            await failure {
                                _ = try await client.query("INSERT INTO \(unsafe: table) VALUES (\(number))")
                            }?.isCheckViolation == true
                        }
                    }
                    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                #expect(refused == 43)
                let count: Int = try await client.query("SELECT count(*) FROM \(unsafe: table)")[0].decode(at: 0)
                #expect(count == 257)
            }
        }

        @Test("A prepared statement survives a change of its table")
        func stalePlan() async throws {
            try await withClient { client async throws in
                let table = freshName()
                _ = try await client.query("CREATE TABLE \(unsafe: table) (a int)")
                _ = try await client.query("INSERT INTO \(unsafe: table) VALUES (1)")
                for _ in 0..<3 { #expect(try await client.query("SELECT * FROM \(unsafe: table)").count == 1) }
                _ = try await client.query("ALTER TABLE \(unsafe: table) ADD b text DEFAULT 'new'")
                let rows = try await client.query("SELECT * FROM \(unsafe: table)")
                #expect(try rows[0].decode("b", as: String.self) == "new")
                try await client.withConnection { connection async throws in
                    _ = try await connection.query("SELECT * FROM \(unsafe: table)")
                    _ = try await connection.query("ALTER TABLE \(unsafe: table) ADD c int DEFAULT 3")
                    let again = try await connection.query("SELECT * FROM \(unsafe: table)")
                    #expect(try again[0].decode("c", as: Int.self) == 3)
                }
            }
        }

        @Test("More texts than a connection keeps prepared all work")
        func manyTexts() async throws {
            try await withClient(maximumConnections: 1) { client async throws in
                for round in 0..<2 {
                    for number in 0..<400 {
                        let value: Int = try await client.query("SELECT \(unsafe: "\(number)") + \(round)::int")[0]
                            .decode(at: 0)
                        #expect(value == number + round)
                    }
                }
                let kept: Int = try await client.query("SELECT count(*) FROM pg_prepared_statements")[0].decode(at: 0)
                #expect(kept <= 256)
            }
        }

        @Test("A large result and a large value arrive whole")
        func large() async throws {
            try await withClient { client async throws in
                let text = String(repeating: "0123456789abcdef", count: 500_000)
                let rows = try await client.query(
                    "SELECT n, \(text)::text AS t FROM generate_series(1, 3) n")
                #expect(try rows.map { try $0.decode("t", as: String.self) == text } == [true, true, true])
                #expect(try await client.query("SELECT generate_series(1, \(200_000)::int)").count == 200_000)
            }
        }

        @Test("COPY is refused and the client goes on")
        func copy() async throws {
            try await withClient(maximumConnections: 1) { client async throws in
                let error = await failure { _ = try await client.query("COPY (SELECT 1) TO STDOUT") }
                #expect(error != nil)
                #expect(try await client.query("SELECT 1")[0].decode(at: 0) == 1)
            }
        }

        @Test("A long statement does not hold up the short ones")
        func longStatement() async throws {
            try await withClient(maximumConnections: 3) { client async throws in
                _ = try await client.query("SELECT \(1)::int")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try await client.query("SELECT pg_sleep(600)") }
                    try await client.waits(
                        until:
                            """
                            SELECT count(*) > 0 FROM pg_stat_activity
                            WHERE query = 'SELECT pg_sleep(600)' AND state = 'active'
                            """
                    )
                    for number in 0..<200 {
                        #expect(try await client.query("SELECT \(number)::int")[0].decode(at: 0) == number)
                    }
                    group.cancelAll()
                    let error = await failure { try await group.waitForAll() }
                    #expect(error?.code == .cancelled)
                }
            }
        }
    }
}
