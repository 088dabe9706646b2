import Logging
import Postgres
import Testing

extension PostgresTests {
    @Suite("The migrator")
    struct MigratorTests {
        private static let migrations = [
            Migration(
                number: 2, name: "colour", up: "ALTER TABLE things ADD colour text; CREATE INDEX ON things (colour);",
                down: "ALTER TABLE things DROP colour"),
            Migration(
                number: 1, name: "things", up: "CREATE TABLE things (id int); INSERT INTO things VALUES (1), (2);",
                down: "DROP TABLE things"),
        ]

        /// Runs `body` on a database of its own.
        private func withDatabase(_ body: (PostgresClient) async throws -> Void) async throws {
            let name = freshName()
            try await withClient { client in _ = try await client.query("CREATE DATABASE \(unsafe: name)") }
            let url = PrivateServer.url.split(separator: "?")
            let own = url[0].split(separator: "/").dropLast().joined(separator: "//") + "/\(name)?\(url[1])"
            try await withClient(url: own) { client in try await body(client) }
        }

        @Test("What is missing is applied in the order of numbers, once")
        func applies() async throws {
            try await withDatabase { client async throws in
                let migrator = Migrator(migrations: Self.migrations)
                #expect(try await migrator.apply(on: client).map(\.number) == [1, 2])
                #expect(try await migrator.apply(on: client).isEmpty)
                #expect(try await client.query("SELECT colour FROM things").count == 2)
            }
        }

        @Test("Taking back goes from the newest down, and forth again")
        func reverts() async throws {
            try await withDatabase { client async throws in
                let migrator = Migrator(migrations: Self.migrations)
                try await migrator.apply(on: client)
                #expect(try await migrator.revert(to: 1, on: client).map(\.number) == [2])
                #expect(await failure { _ = try await client.query("SELECT colour FROM things") }?.sqlState == "42703")
                #expect(try await migrator.revert(to: 0, on: client).map(\.number) == [1])
                #expect(try await migrator.apply(on: client).map(\.number) == [1, 2])
            }
        }

        @Test("A migration that fails leaves nothing of itself, and what came before it stays")
        func fails() async throws {
            try await withDatabase { client async throws in
                let bad = Migration(number: 3, name: "bad", up: "CREATE TABLE half (n int); SELECT 1 / 0;", down: "")
                let migrator = Migrator(migrations: Self.migrations + [bad])
                let error = await failure { try await migrator.apply(on: client) }
                #expect(error?.code == .migration)
                #expect(error?.sqlState == "22012")
                #expect(error?.message == "migration 3 bad (up) failed and was rolled back")
                #expect(await failure { _ = try await client.query("SELECT * FROM half") }?.sqlState == "42P01")
                #expect(try await Migrator(migrations: Self.migrations).apply(on: client).isEmpty)
            }
        }

        @Test("A migration that ends its own transaction is refused")
        func commitInside() async throws {
            try await withDatabase { client async throws in
                let sly = Migration(number: 1, name: "sly", up: "CREATE TABLE a (n int); COMMIT;", down: "")
                let error = await failure { try await Migrator(migrations: [sly]).apply(on: client) }
                #expect(error?.code == .migration)
            }
        }

        @Test("A newer database is refused, a changed and a missing migration too")
        func refuses() async throws {
            try await withDatabase { client async throws in
                try await Migrator(migrations: Self.migrations).apply(on: client)
                let older = await failure { try await Migrator(migrations: [Self.migrations[1]]).apply(on: client) }
                #expect(older?.code == .migration)
                #expect(older?.message.contains("newer than this program") == true)
                let changed = Migration(number: 2, name: "colour", up: "SELECT 1", down: "")
                let error = await failure {
                    try await Migrator(migrations: [Self.migrations[1], changed]).apply(on: client)
                }
                #expect(error?.message.contains("was changed after it was applied") == true)
                let gap = await failure { try await Migrator(migrations: [Self.migrations[0]]).apply(on: client) }
                #expect(gap?.message.contains("is not the one that follows") == true)
                let twice = await failure {
                    try await Migrator(migrations: Self.migrations + [changed]).apply(on: client)
                }
                #expect(twice?.message.contains("two migrations have the number 2") == true)
            }
        }

        @Test("Of many migrators at once, one applies and the others find it done")
        func concurrent() async throws {
            try await withDatabase { client async throws in
                let applied = try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<6 {
                        group.addTask { try await Migrator(migrations: Self.migrations).apply(on: client).count }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(applied.sorted() == [0, 0, 0, 0, 0, 2])
            }
        }
    }
}
