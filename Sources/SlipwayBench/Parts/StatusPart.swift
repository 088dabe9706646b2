/// Questions for one task a second, beside the plainest answer that the server gives.
struct StatusPart: BenchPart {
    private static let connections = 64

    private struct Stored: Decodable {
        let id: String
    }

    func measure(_ bench: Bench) async throws -> [Figure] {
        let seconds = bench.bound(8.0, quick: 2)
        let sample = Sample(workplace: bench.workplace, experiment: "bench_status")
        return try await ServerUnderTest.withQueue(bench, folder: "status") { server in
            var tasks: [WireRequest] = []
            for _ in 0..<Self.connections {
                let stored = try await server.ask(try sample.request(), for: Stored.self)
                tasks.append(.get("/api/v1/tasks/\(stored.id)"))
            }
            var figures: [Figure] = []
            for (what, requests) in [
                ("GET /api/v1/tasks/ID", tasks),
                ("floor: GET /api/v1/users/me", [.get("/api/v1/users/me")]),
                ("floor: GET /healthz", [.get("/healthz")]),
            ] {
                let load = Load(
                    requests: requests.map { $0.bytes(token: server.token) }, connections: Self.connections,
                    bound: .seconds(seconds), warmUpSeconds: seconds / 4)
                figures += try await load.run(port: server.port)
                    .figures(what, unit: "/s", connections: Self.connections)
            }
            return figures
        }
    }
}
