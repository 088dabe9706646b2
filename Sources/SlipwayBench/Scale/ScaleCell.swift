import Foundation

/// What is measured at one size.
struct ScaleCell: Sendable {
    let server: ServerUnderTest
    let database: ScaleDatabase
    /// PostgreSQL's first process.
    let postmaster: Int32
    /// Seconds over which the server is watched.
    let seconds: Double
    /// Seconds of each load.
    let loadSeconds: Double

    private static let connections = 32

    func measure() async throws -> [Figure] {
        try await atRest() + loads()
    }

    /// The server by itself: nobody asks, the Monitor follows.
    func atRest() async throws -> [Figure] {
        let start = ContinuousClock.now
        let before = try await server.metrics()
        let (own, all, base) = times()
        try await Task.sleep(for: .seconds(seconds))
        let after = try await server.metrics()
        let (ownAfter, allAfter, baseAfter) = times()
        let minutes = (ContinuousClock.now - start) / .seconds(60)
        let label = "{cluster=\"\(server.configuration.workplace.cluster)\"}"
        func grown(_ name: String) -> Double { (after[name + label] ?? 0) - (before[name + label] ?? 0) }
        let cycles = grown("slipway_monitor_cycle_seconds_count")
        guard cycles > 0 else { throw BenchError(.answer, "the Monitor made no cycle in \(seconds) s") }
        let memory = try server.memory()
        let calls = ["squeue", "sacct", "sinfo"].map { command in
            Figure(
                "calls of \(command)",
                (server.calls(of: command, in: after) - server.calls(of: command, in: before)) / minutes, "/min", "")
        }
        return [
            Figure("attempts followed", after["slipway_monitor_attempts" + label] ?? 0, "", ""),
            Figure("a cycle of the Monitor", grown("slipway_monitor_cycle_seconds_sum") / cycles * 1000, "ms", ""),
            Figure("cycles", cycles / minutes, "/min", ""),
        ] + calls + [
            Figure("processor time of the server", (ownAfter - own) / minutes, "s/min", ""),
            Figure("  with its commands", (allAfter - all) / minutes, "s/min", ""),
            Figure("processor time of PostgreSQL", (baseAfter - base) / minutes, "s/min", ""),
            Figure("memory (VmRSS)", memory.present, "MiB", ""),
            Figure("  at its peak (VmHWM)", memory.peak, "MiB", ""),
        ]
    }

    private func times() -> (own: Double, withCommands: Double, database: Double) {
        (
            ProcessorTime.seconds(of: server.processIdentifier) ?? 0,
            ProcessorTime.secondsWithChildren(of: server.processIdentifier),
            ProcessorTime.secondsWithChildren(of: postmaster)
        )
    }

    private func loads() async throws -> [Figure] {
        let ids = try await database.someIDs(64)
        guard let middle = ids.dropFirst(ids.count / 2).first else { throw BenchError(.answer, "there are no tasks") }
        var figures = try await figures(
            of: ids.map { "/api/v1/tasks/\($0)" }, "GET /api/v1/tasks/ID", connections: Self.connections)
        for (what, query) in [
            ("first page", ""),
            ("a page in the middle", "&cursor=\(middle)"),
            ("state=succeeded", "&state=succeeded"),
            ("state=running", "&state=running"),
            ("experiment=…", "&experiment=experiment-7"),
            ("state=failed&experiment=…", "&state=failed&experiment=experiment-7"),
            ("state=lost, there is none", "&state=lost"),
            ("owner=…, who has none", "&owner=\(server.configuration.user)"),
        ] {
            figures += try await self.figures(
                of: ["/api/v1/tasks?limit=50" + query], "50 tasks, \(what)", connections: 4)
        }
        return figures + (try await self.figures(of: ["/metrics"], "GET /metrics", connections: 1))
    }

    private func figures(of paths: [String], _ what: String, connections: Int) async throws -> [Figure] {
        let load = Load(
            requests: paths.map { WireRequest.get($0).bytes(token: server.token) }, connections: connections,
            bound: .seconds(loadSeconds), warmUpSeconds: loadSeconds / 4)
        let result = try await load.run(port: server.port)
        return [
            Figure("\(what), \(connections) at a time", result.perSecond, "/s", ""),
            Figure("  p50 of \(what)", result.quantile(0.5), "ms", ""),
            Figure("  p99 of \(what)", result.quantile(0.99), "ms", ""),
        ]
    }
}
