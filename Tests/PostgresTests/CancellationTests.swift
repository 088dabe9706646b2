import Postgres
import Testing

extension PostgresTests {
    @Suite("Cancellation")
    struct CancellationTests {
        @Test("Cancelling the task ends its statement on the server")
        func cancelsOnServer() async throws {
            try await withClient { client async throws in
                let marker = freshName()
                let running: SQL =
                    """
                    SELECT count(*) = 1 FROM pg_stat_activity
                    WHERE query LIKE \("SELECT pg_sleep%\(marker)") AND state = 'active'
                    """
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try await client.query("SELECT pg_sleep(600) -- \(unsafe: marker)") }
                    try await client.waits(until: running)
                    group.cancelAll()
                    let error = await failure { try await group.waitForAll() }
                    #expect(error?.code == .cancelled)
                    #expect(error?.sqlState == "57014")
                }
                #expect(try await client.query(running)[0].decode(at: 0) == false)
            }
        }

        @Test("A task that is cancelled already sends nothing")
        func cancelledBefore() async throws {
            try await withClient { client async throws in
                let table = freshName()
                _ = try await client.query("CREATE TABLE \(unsafe: table) (n int)")
                let error = await withTaskGroup(of: PostgresError?.self) { group in
                    group.cancelAll()
                    group.addTask {
                        await failure { _ = try await client.query("INSERT INTO \(unsafe: table) VALUES (1)") }
                    }
                    return await group.next() ?? nil
                }
                #expect(error?.code == .cancelled)
                #expect(try await client.query("SELECT * FROM \(unsafe: table)").isEmpty)
            }
        }

        @Test("Cancelling inside a transaction rolls it back and the connection goes on")
        func insideTransaction() async throws {
            try await withClient(maximumConnections: 2) { client async throws in
                let table = freshName()
                _ = try await client.query("CREATE TABLE \(unsafe: table) (n int)")
                let (began, signal) = AsyncStream.makeStream(of: Int.self)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await client.withTransaction { connection async throws in
                            _ = try await connection.query("INSERT INTO \(unsafe: table) VALUES (1)")
                            signal.yield(try await connection.query("SELECT pg_backend_pid()")[0].decode(at: 0))
                            _ = try await connection.query("SELECT pg_sleep(600)")
                        }
                    }
                    var starts = began.makeAsyncIterator()
                    let process = try #require(await starts.next())
                    // What a process waits for is NULL while it computes.
                    try await client.waits(
                        until:
                            """
                            SELECT count(*) > 0 FROM pg_stat_activity
                            WHERE pid = \(process) AND wait_event = 'PgSleep'
                            """
                    )
                    group.cancelAll()
                    let error = await failure { try await group.waitForAll() }
                    #expect(error?.code == .cancelled)
                    #expect(try await client.query("SELECT * FROM \(unsafe: table)").isEmpty)
                    try await client.withConnection { connection async throws in
                        #expect(try await connection.query("SELECT pg_backend_pid()")[0].decode(at: 0) == process)
                    }
                }
            }
        }

        @Test("Cancelled readers do not disturb their neighbours in the pipeline")
        func neighbours() async throws {
            try await withClient { client async throws in
                _ = try await client.query("SELECT count(*) FROM generate_series(1, \(10)::int)")
                let sums = await withTaskGroup(of: Int.self) { group in
                    for number in 0..<400 {
                        group.addTask {
                            await withTaskGroup(of: Int.self) { inner in
                                inner.addTask {
                                    let rows = try? await client.query(
                                        "SELECT count(*) FROM generate_series(1, \(2000 + number)::int)")
                                    return (try? rows?[0].decode(at: 0, as: Int.self)) ?? -1
                                }
                                if number.isMultiple(of: 3) {
                                    await Task.yield()
                                    inner.cancelAll()
                                }
                                let sum = await inner.next() ?? -1
                                return number.isMultiple(of: 3) ? 0 : sum - 2000 - number
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(sums == Array(repeating: 0, count: 400))
            }
        }

        @Test("Waiting for a connection can be cancelled")
        func whileWaiting() async throws {
            try await withClient(maximumConnections: 1) { client async throws in
                try await client.withConnection { connection async throws in
                    let error = await withTaskGroup(of: PostgresError?.self) { group in
                        group.addTask { await failure { try await client.withConnection { _ in } } }
                        group.addTask { await failure { _ = try await client.query("SELECT 1") } }
                        group.cancelAll()
                        return await group.reduce(into: [PostgresError?]()) { $0.append($1) }
                    }
                    #expect(error.map { $0?.code } == [.cancelled, .cancelled])
                    _ = try await connection.query("SELECT 1")
                }
                #expect(try await client.query("SELECT 2")[0].decode(at: 0) == 2)
            }
        }
    }
}
