import Testing

@testable import Postgres

extension PostgresTests {
    @Suite("The pool")
    struct PoolTests {
        @Test("There are never more scopes at once than connections, less the one for reads")
        func limit() async throws {
            let gauge = Gauge()
            try await withClient(maximumConnections: 4) { client async throws in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<60 {
                        group.addTask {
                            try await client.withConnection { connection async throws in
                                gauge.enter()
                                // The first ones stay until as many are inside as may be.
                                repeat { _ = try await connection.query("SELECT 1") } while gauge.most < 3
                                gauge.leave()
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(gauge.most == 3)
        }

        @Test("Who waits first is served first")
        func fairness() async throws {
            try await withClient(maximumConnections: 1) { client async throws in
                let (served, serve) = AsyncStream.makeStream(of: Int.self)
                try await client.withConnection { _ async throws in
                    for number in 0..<20 {
                        let request = Request(.statement, "SELECT pg_advisory_xact_lock(\(number))")
                        client.switchboard.post(.submit(request, .call { _ in serve.yield(number) }))
                    }
                }
                var order: [Int] = []
                for await number in served.prefix(20) { order.append(number) }
                #expect(order == Array(0..<20))
            }
        }

        @Test("Waiting too long for a connection ends with an error that says why")
        func timeLimit() async throws {
            try await withClient(maximumConnections: 1, acquireTimeLimit: .seconds(2)) { client async throws in
                // The first connection may take longer than the limit.
                while await failure({ _ = try await client.query("SELECT 1") }) != nil {}
                try await client.withConnection { _ async throws in
                    let error = await failure { _ = try await client.query("SELECT 1") }
                    #expect(error?.code == .connectionLost)
                    #expect(error?.message.contains("all 1 are in use") == true)
                }
            }
        }

        @Test("A server that is not there is named in the error")
        func noServer() async throws {
            try await withClient(url: "postgresql:///x?host=/nowhere", acquireTimeLimit: .seconds(2)) {
                client async throws in
                // A busy machine may not come to try in time.
                var reason: String?
                for _ in 0..<10 where reason == nil {
                    let error = await failure { _ = try await client.query("SELECT 1") }
                    #expect(error?.code == .connectionLost)
                    reason = (error?.underlying as? PostgresError)?.message
                }
                #expect(reason?.contains("/nowhere") == true)
            }
        }

        @Test("Reads go on while every scope is taken")
        func readsBesideScopes() async throws {
            try await withClient(maximumConnections: 2) { client async throws in
                _ = try await client.query("SELECT \(0)::int")
                try await client.withConnection { _ async throws in
                    for number in 0..<50 {
                        #expect(try await client.query("SELECT \(number)::int")[0].decode(at: 0) == number)
                    }
                }
            }
        }

        @Test("A closed client says so, and lets scopes under way end")
        func closing() async throws {
            let client = PostgresClient(url: PrivateServer.url, acquireTimeLimit: .seconds(120), logger: .quiet)
            try await withThrowingTaskGroup(of: Void.self) { runner in
                let (held, hold) = AsyncStream.makeStream(of: Void.self)
                let (ready, tell) = AsyncStream.makeStream(of: Void.self)
                runner.addTask { try await client.run(graceAfterCancellation: .seconds(60)) }
                try await withThrowingTaskGroup(of: Int.self) { scopes in
                    scopes.addTask {
                        try await client.withConnection { connection in
                            tell.finish()
                            for await _ in held {}
                            return try await connection.query("SELECT 1").count
                        }
                    }
                    for await _ in ready {}
                    runner.cancelAll()
                    while await failure({ _ = try await client.query("SELECT 1") })?.code != .poolClosed {}
                    hold.finish()
                    let rows = try await scopes.next()
                    #expect(rows == 1)
                }
                try await runner.waitForAll()
                #expect(await failure { try await client.withConnection { _ in } }?.code == .poolClosed)
            }
        }

        @Test("A client that never runs gives up waiting and can be let go")
        func neverRun() async throws {
            let client = PostgresClient(url: PrivateServer.url, acquireTimeLimit: .milliseconds(50), logger: .quiet)
            #expect(await failure { _ = try await client.query("SELECT 1") }?.code == .connectionLost)
        }
    }
}
