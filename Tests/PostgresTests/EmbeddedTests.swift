import FoundationEssentials
import Glibc
import Synchronization
import Testing

@testable import Postgres

@Suite("The private server")
struct EmbeddedTests {
    @Test("Data survives a restart, and a client goes on after it")
    func restart() async throws {
        try await withFolder { folder in
            try await withServer(in: folder) { server in
                try await withClient(url: server.url) { client async throws in
                    _ = try await client.query("CREATE TABLE kept AS SELECT 42 AS n")
                    _ = try await client.query("SELECT n FROM kept")
                    var events = client.notifications(on: ["news"]).makeAsyncIterator()
                    #expect(await events.next() == .subscribed)
                    await server.stop()
                    #expect(server.processIdentifier == nil)
                    try await server.start()
                    #expect(try await client.query("SELECT n FROM kept")[0].decode("n") == 42)
                    #expect(await events.next() == .resubscribed)
                    _ = try await client.query("NOTIFY news, 'back'")
                    #expect(
                        await events.next() == .notification(PostgresNotification(channel: "news", payload: "back")))
                }
            }
        }
    }

    @Test("Under load, a restart costs errors of the right kind and nothing else")
    func restartUnderLoad() async throws {
        try await withFolder { folder in
            try await withServer(in: folder) { server in
                try await withClient(url: server.url) { client async throws in
                    _ = try await client.query("CREATE TABLE lines (n int PRIMARY KEY)")
                    let acknowledged = Numbers()
                    let isOver = Flag()
                    try await withThrowingTaskGroup(of: [PostgresError].self) { group in
                        for worker in 0..<8 {
                            group.addTask {
                                var errors: [PostgresError] = []
                                var number = worker
                                while !isOver.isRaised {
                                    do {
                                        _ = try await client.query("INSERT INTO lines VALUES (\(number))")
                                        acknowledged.insert(number)
                                        _ = try await client.query("SELECT 1 AS one")
                                    } catch let error as PostgresError {
                                        errors.append(error)
                                    }
                                    number += 8
                                }
                                return errors
                            }
                        }
                        for _ in 0..<2 {
                            await server.stop()
                            try await server.start()
                            // Each connection that ended with the server may be given one statement more to lose.
                            var lost: [PostgresError] = []
                            while lost.count <= 8,
                                let error = await failure({ _ = try await client.query("SELECT 1 AS one") })
                            {
                                lost.append(error)
                            }
                            #expect(lost.count <= 8 && lost.allSatisfy { $0.code == .connectionLost })
                        }
                        isOver.raise()
                        for try await errors in group {
                            #expect(errors.allSatisfy { $0.code == .connectionLost })
                        }
                    }
                    let stored = try await client.query("SELECT n FROM lines").map { try $0.decode("n", as: Int.self) }
                    #expect(acknowledged.all.subtracting(stored).isEmpty)
                }
            }
        }
    }

    @Test("A killed postmaster is started again")
    func killedPostmaster() async throws {
        try await withFolder { folder in
            let server = EmbeddedPostgres(dataFolder: folder + "/data", binFolder: nil, logger: .quiet)
            try await server.start()
            let first = try #require(server.processIdentifier)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                try await withClient(url: server.url) { client async throws in
                    _ = try await client.query("CREATE TABLE kept AS SELECT 7 AS n")
                    kill(first, SIGKILL)
                    while true {
                        let rows = try? await client.query("SELECT n FROM kept")
                        let now = server.processIdentifier
                        if let rows, let now, now != first {
                            #expect(try rows[0].decode("n") == 7)
                            break
                        }
                    }
                }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(server.processIdentifier == nil)
        }
    }

    @Test("The server of a killed owner is taken over")
    func orphan() async throws {
        try await withFolder { folder in
            let first = EmbeddedPostgres(dataFolder: folder + "/data", binFolder: nil, logger: .quiet)
            try await first.start()
            let orphan = try #require(first.processIdentifier)
            try await withClient(url: first.url) { client async throws in
                _ = try await client.query("CREATE TABLE kept AS SELECT 5 AS n")
            }
            let second = EmbeddedPostgres(dataFolder: folder + "/data", binFolder: nil, logger: .quiet)
            let refused = await failure { try await second.start() }
            #expect(refused?.code == .embedded)
            #expect(refused?.message.contains("pid \(getpid())") == true)
            // What the kernel does when the owner is killed.
            first.state.withLock { $0.lock = nil }
            try await second.start()
            // It is a child of this process: its number is free only when the first owner has taken note of its end.
            _ = await first.state.withLock { $0.server }?.ended()
            #expect(kill(orphan, 0) != 0)
            #expect(second.processIdentifier != orphan)
            try await withClient(url: second.url) { client async throws in
                #expect(try await client.query("SELECT n FROM kept")[0].decode("n") == 5)
            }
            await second.stop()
        }
    }

    @Test("A lock file with another process's number does not hinder the start")
    func staleLockFile() async throws {
        try await withFolder { folder in
            try await withServer(in: folder) { server in
                await server.stop()
                let lockFile = folder + "/data/cluster/postmaster.pid"
                // Our own number: alive, and no PostgreSQL.
                #expect(FileManager.default.createFile(atPath: lockFile, contents: Data("\(getpid())\n".utf8)))
                try await server.start()
                #expect(server.processIdentifier != nil)
            }
        }
    }

    @Test("Half of a first start is thrown away")
    func halfInitialised() async throws {
        try await withFolder { folder in
            let draft = folder + "/data/cluster.new"
            try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: true)
            #expect(FileManager.default.createFile(atPath: draft + "/half", contents: Data("x".utf8)))
            try await withServer(in: folder) { server in
                #expect(!FileManager.default.fileExists(atPath: draft))
                #expect(server.processIdentifier != nil)
            }
        }
    }

    @Test("A folder whose path is too long for a socket has its socket elsewhere")
    func longPath() async throws {
        try await withFolder(named: String(repeating: "long", count: 30)) { folder in
            try await withServer(in: folder) { server in
                #expect(!server.folder.socketFolder.hasPrefix(folder))
                #expect("\(server.folder.socketFolder)/.s.PGSQL.5432".utf8.count <= 107)
                try await withClient(url: server.url) { client async throws in
                    #expect(try await client.query("SELECT 1 AS one")[0].decode("one") == 1)
                }
                await server.stop()
                #expect(!FileManager.default.fileExists(atPath: server.folder.socketFolder))
            }
        }
    }

    @Test("Nothing but the owner's socket leads in, and writes are durable")
    func settings() async throws {
        try await withFolder { folder in
            try await withServer(in: folder) { server in
                try await withClient(url: server.url) { client async throws in
                    let row = try await client.query(
                        """
                        SELECT current_setting('listen_addresses') AS tcp, current_setting('fsync') AS fsync,
                            current_setting('unix_socket_permissions') AS mode,
                            current_setting('data_checksums') AS sums
                        """)[0]
                    #expect(try row.decode("tcp") == "")
                    #expect(try row.decode("fsync") == "on")
                    #expect(try row.decode("mode") == "0700")
                    #expect(try row.decode("sums") == "on")
                }
                var found = stat()
                #expect(stat(folder + "/data", &found) == 0)
                #expect(found.st_mode & 0o777 == 0o700)
            }
        }
    }

    @Test("Missing programs are named")
    func missingBinaries() async throws {
        try await withFolder { folder in
            let server = EmbeddedPostgres(dataFolder: folder + "/data", binFolder: "/nowhere", logger: .quiet)
            let error = await failure { try await server.start() }
            #expect(error?.code == .embedded)
            #expect(error?.message.contains("/nowhere") == true)
        }
    }
}
