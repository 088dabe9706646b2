/// Finds the best setting of a peer for each number of connections, and measures it.
struct PeerRun: Sendable {
    /// The best of a peer at so many connections.
    struct Best: Sendable {
        let connections: Int
        let setting: String
        /// What the settings came to when they were tried.
        let trials: String
        let result: WrkResult
    }

    let bench: Bench
    let wrk: Wrk
    let connections: [Int]
    let seconds: Int
    /// Before the first run of a server; one second before the others.
    let warmUpSeconds: Int
    /// Of a trial.
    let trialSeconds: Int

    func measure(_ peer: Peer) async throws -> [Best] {
        var trials: [[Double]] = []
        for setting in peer.settings { trials.append(try await trial(peer, setting)) }
        // The best setting may be another one with more connections; where it is the same, one start is enough.
        let chosen = connections.indices.map { column in
            trials.indices.max { trials[$0][column] < trials[$1][column] } ?? 0
        }
        var best: [Best] = []
        for (index, setting) in peer.settings.enumerated() where chosen.contains(index) {
            let columns = connections.indices.filter { chosen[$0] == index }
            let results = try await with(peer, setting) { port in
                var results: [WrkResult] = []
                for column in columns {
                    let (request, count) = (setting.request, connections[column])
                    let warmUpSeconds = results.isEmpty ? warmUpSeconds : 1
                    try await wrk.run(request, port: port, connections: count, seconds: warmUpSeconds)
                    let result = try await wrk.run(request, port: port, connections: count, seconds: seconds)
                    try await request.check(port: port, against: wrk.net)
                    results.append(result)
                }
                return results
            }
            for (column, result) in zip(columns, results) {
                let tried = zip(peer.settings, trials).map { "\($0.what) \(Figure.short($1[column]))/s" }
                best.append(
                    Best(
                        connections: connections[column], setting: setting.what,
                        trials: tried.joined(separator: "; "), result: result))
            }
        }
        return best.sorted { $0.connections < $1.connections }
    }

    /// - Returns: Requests a second for each number of connections.
    private func trial(_ peer: Peer, _ setting: Peer.Setting) async throws -> [Double] {
        let rates = try await with(peer, setting) { port in
            try await wrk.run(setting.request, port: port, connections: connections[0], seconds: 1)
            var rates: [Double] = []
            for count in connections {
                rates.append(
                    try await wrk.run(setting.request, port: port, connections: count, seconds: trialSeconds).perSecond)
            }
            return rates
        }
        let words = zip(connections, rates).map { "\(Figure.short($1))/s at \($0) connections" }
        bench.say("  \(peer.name), \(setting.what): \(words.joined(separator: ", "))")
        return rates
    }

    private func with<Value: Sendable>(
        _ peer: Peer, _ setting: Peer.Setting, _ body: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> Value {
        try await PeerProcess.with(peer, setting, net: wrk.net, workplace: bench.workplace, body)
    }
}
