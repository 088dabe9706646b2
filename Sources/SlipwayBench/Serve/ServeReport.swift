/// The figures of the comparison, in the order of the table.
struct ServeReport: Sendable {
    struct MeasuredPeer: Sendable {
        /// The peer's name with its version, and those of what it stands on.
        let versions: [String]
        let best: [PeerRun.Best]
    }

    let bare: [BareRuntime]
    let own: OwnRun.Outcome
    let peers: [MeasuredPeer]
    let connections: [Int]
    let seconds: Int

    var figures: [Figure] {
        bare.map(\.figure) + connections.flatMap { rows(at: $0) } + connections.flatMap { batches(at: $0) }
    }

    /// One row a request, in JSON.
    private func rows(at count: Int) -> [Figure] {
        let ours = (own.openInference + own.others).filter { $0.connections == count }
        let theirs = peers.compactMap { peer in
            peer.best.first { $0.connections == count }.map { (name: peer.versions[0], peer: peer, best: $0) }
        }
        var figures = ours.flatMap { measured in
            measured.result.figures(
                "\(measured.what), \(count) connections", "\(measured.path), \(seconds) s, with a token")
        }
        for (name, peer, best) in theirs {
            figures += best.result.figures(
                "\(name), \(count) connections", "\(best.setting), \(seconds) s",
                remarks: (peer.versions.dropFirst().joined(separator: ", "), "tried: \(best.trials)"))
        }
        guard let own = own.openInference.first(where: { $0.connections == count }),
            let best = theirs.max(by: { $0.best.result.perSecond < $1.best.result.perSecond })
        else { return figures }
        let ratio = own.result.perSecond / best.best.result.perSecond
        return figures + [Figure("Slipway's V2 over the best other, \(count) connections", ratio, "×", best.name)]
    }

    /// Many rows a request, in binary tensors.
    private func batches(at count: Int) -> [Figure] {
        own.binary.filter { $0.connections == count }.flatMap { measured in
            let same = bare.filter { $0.rows == measured.rows }
            let shares = same.map { floor in
                Figure(
                    "  share of bare session.run, \(floor.how)", measured.rowsPerSecond / floor.rowsPerSecond * 100,
                    "%", "")
            }
            let bound = "\(measured.rows) rows a request, \(seconds) s"
            return measured.result.figures("\(measured.what), \(count) connections", bound)
                + [Figure("  rows", measured.rowsPerSecond, "rows/s", "")] + shares
        }
    }
}
