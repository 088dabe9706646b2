import Foundation

/// Predictions a second from a dense net, beside other servers of the same net and beside ONNX Runtime alone.
///
/// One server at a time: wrk, the server and nothing else have the cores.
struct ServePart: BenchPart {
    private static let connections = [16, 64]

    func measure(_ bench: Bench) async throws -> [Figure] {
        let workplace = bench.workplace
        let seconds = bench.bound(10, quick: 2)
        let warmUpSeconds = bench.bound(3, quick: 1)
        let net = try await DenseNet.make(workplace, in: workplace.folder + "/serve/net")
        let wrk = Wrk(net: net, workplace: workplace)
        let bare = try await BareRuntime.measure(net, workplace, seconds: bench.bound(2, quick: 0.5))
        let own = try await OwnRun(
            bench: bench, wrk: wrk, connections: Self.connections, seconds: seconds, warmUpSeconds: warmUpSeconds
        ).measure()
        let run = PeerRun(
            bench: bench, wrk: wrk, connections: Self.connections, seconds: seconds, warmUpSeconds: warmUpSeconds,
            trialSeconds: bench.bound(2, quick: 1))
        var peers: [ServeReport.MeasuredPeer] = []
        for peer in Peer.all {
            let versions = try await peer.versions(workplace)
            peers.append(ServeReport.MeasuredPeer(versions: versions, best: try await run.measure(peer)))
        }
        return ServeReport(bare: bare, own: own, peers: peers, connections: Self.connections, seconds: seconds).figures
    }
}
