import Postgres

/// Tasks accepted a second, beside the same files and rows brought to disk by hand.
struct AcceptPart: BenchPart {
    private static let clients = [8, 32]

    func measure(_ bench: Bench) async throws -> [Figure] {
        let count = bench.bound(2000, quick: 400)
        let sample = Sample(workplace: bench.workplace, experiment: "bench_accept")
        return try await ServerUnderTest.withQueue(bench, folder: "accept") { server in
            let request = try sample.request().bytes(token: server.token)
            _ = try await Load(requests: [request], connections: 8, bound: .requests(50)).run(port: server.port)
            var figures: [Figure] = []
            for clients in Self.clients {
                let result = try await Load(requests: [request], connections: clients, bound: .requests(count))
                    .run(port: server.port)
                figures += result.figures("tasks accepted, on disk", unit: "/s", connections: clients)
            }
            let client = PostgresClient(
                url: EmbeddedPostgres(
                    dataFolder: server.databaseFolder, binFolder: nil, logger: bench.logger
                ).url, logger: bench.logger)
            let floor = try DurableFloor(
                folder: server.configuration.folder + "/floor", files: sample.files(), client: client)
            let floors = try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await client.run() }
                defer { group.cancelAll() }
                var floors: [Figure] = []
                for clients in Self.clients {
                    let rate = try await floor.run(count: count, callers: clients)
                    floors.append(
                        Figure(
                            "floor: 2 files, 2 folders, 1 row", rate, "/s",
                            "\(Figure.whole(count)), \(clients) callers, each file, folder and row on disk"))
                }
                return floors
            }
            return figures + floors
        }
    }
}
