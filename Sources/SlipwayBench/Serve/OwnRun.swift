import Foundation
import NIOCore

/// Slipway with the net, asked by every protocol that fits.
struct OwnRun: Sendable {
    struct Measured: Sendable {
        let what: String
        let path: String
        let connections: Int
        /// In a request.
        let rows: Int
        let result: WrkResult

        var rowsPerSecond: Double { result.perSecond * Double(rows) }
    }

    struct Outcome: Sendable {
        /// One row a request: what the other servers are compared with.
        var openInference: [Measured] = []
        var others: [Measured] = []
        var binary: [Measured] = []
    }

    let bench: Bench
    let wrk: Wrk
    let connections: [Int]
    let seconds: Int
    /// Before the first run of each request; one second before the others.
    let warmUpSeconds: Int

    func measure() async throws -> Outcome {
        try await ServerUnderTest.with(bench, folder: "serve/slipway") { server in
            let model = try Data(contentsOf: URL(fileURLWithPath: wrk.net.file))
            try await server.ask(
                WireRequest(
                    method: "POST", path: "/api/v1/models/\(DenseNet.name)/versions?filename=model.onnx",
                    contentType: "application/octet-stream", body: ByteBuffer(bytes: model)))
            let binary = ServeRequest.binary(wrk.net)
            return Outcome(
                openInference: try await measure(server, "Slipway, V2", .openInference),
                others: try await measure(server, "Slipway, native predict", .native)
                    + measure(server, "Slipway, TFaaS", .tfaas)
                    + measure(server, "floor: GET /healthz", ServeRequest(path: "/healthz", answer: .none)),
                binary: try await measure(server, "Slipway, V2 with binary tensors", binary))
        }
    }

    private func measure(_ server: ServerUnderTest, _ what: String, _ request: ServeRequest) async throws -> [Measured]
    {
        let request = request.authorized(by: server.token)
        try await request.check(port: server.port, against: wrk.net)
        var measured: [Measured] = []
        for count in connections {
            let warmUpSeconds = measured.isEmpty ? warmUpSeconds : 1
            try await wrk.run(request, port: server.port, connections: count, seconds: warmUpSeconds)
            let result = try await wrk.run(request, port: server.port, connections: count, seconds: seconds)
            bench.say("  \(what): \(Figure.short(result.perSecond))/s at \(count) connections")
            measured.append(
                Measured(
                    what: what, path: request.path, connections: count, rows: request.rows, result: result))
        }
        try await request.check(port: server.port, against: wrk.net)
        return measured
    }
}
