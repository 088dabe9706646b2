import Postgres

/// Selects by primary key through `PostgresClient`, beside `pgbench -S` on the same server and the same table.
struct PostgresPart: BenchPart {
    private static let callers = 64
    private static let rounds = 2

    func measure(_ bench: Bench) async throws -> [Figure] {
        let folder = bench.workplace.folder + "/postgres"
        let server = EmbeddedPostgres(
            dataFolder: folder, binFolder: bench.workplace.postgresBinaries, logger: bench.logger)
        try await server.start()
        do {
            let figures = try await measure(bench, url: server.url)
            await server.stop()
            return figures
        } catch {
            await server.stop()
            throw error
        }
    }

    private func measure(_ bench: Bench, url: String) async throws -> [Figure] {
        let pgbench = bench.workplace.postgresBinaries + "/pgbench"
        try await Command.run(pgbench, ["--initialize", "--quiet", "--scale=1", url])
        let seconds = bench.bound(6.0, quick: 2)
        var (ours, theirs) = (0.0, 0.0)
        // In turns, and the best of each: what else the machine does meets both.
        for _ in 0..<Self.rounds {
            ours = max(
                ours,
                try await benchmarkPostgres(
                    url: url, seconds: seconds, callers: Self.callers, logger: bench.logger))
            let output = try await Command.run(
                pgbench,
                [
                    "--protocol=prepared", "--select-only", "--no-vacuum", "--client=8", "--jobs=2",
                    "--time=\(Int(seconds))", url,
                ])
            theirs = max(theirs, try Self.rate(in: output))
        }
        let bound = "the better of \(Self.rounds) × \(Figure.short(seconds)) s, in turns"
        return [
            Figure("selects by primary key, Slipway", ours, "/s", "\(Self.callers) callers; \(bound)"),
            Figure("the same, pgbench -M prepared -S", theirs, "/s", "8 clients; \(bound)"),
            Figure("Slipway's share of pgbench", ours / theirs * 100, "%", ""),
        ]
    }

    /// Reads `tps = 56123.4 (without initial connection time)`.
    private static func rate(in output: String) throws -> Double {
        guard let line = output.split(separator: "\n").first(where: { $0.hasPrefix("tps = ") }),
            let rate = Double(line.dropFirst(6).prefix { $0 != " " })
        else { throw BenchError(.command, "pgbench said no rate: \(output)") }
        return rate
    }
}
