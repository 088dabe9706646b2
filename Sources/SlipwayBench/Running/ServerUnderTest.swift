import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// A running `slipway serve`, and what can be asked of it.
struct ServerUnderTest: Sendable {
    let configuration: ServerConfiguration
    let port: Int
    let token: String
    let processIdentifier: Int32

    /// URL of the private PostgreSQL.
    var databaseFolder: String { configuration.dataRoot + "/postgres" }

    /// Asks once, outside of a measurement.
    ///
    /// - Returns: The body of an answer of status 200 to 299.
    /// - Throws: `BenchError` for another status.
    @discardableResult
    func ask(_ request: WireRequest) async throws -> Data {
        var message = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(request.path)")
        message.method = .init(rawValue: request.method)
        message.headers.add(name: "Authorization", value: "Bearer \(token)")
        if let type = request.contentType { message.headers.add(name: "Content-Type", value: type) }
        if request.body.readableBytes > 0 { message.body = .bytes(request.body) }
        let answer = try await HTTPClient.shared.execute(message, timeout: .seconds(120))
        let body = try await answer.body.collect(upTo: 64 << 20)
        guard (200..<300).contains(answer.status.code) else {
            throw BenchError(
                .answer, "\(request.method) \(request.path) was answered \(answer.status): \(String(buffer: body))")
        }
        return Data(body.readableBytesView)
    }

    func ask<Answer: Decodable>(_ request: WireRequest, for type: Answer.Type) async throws -> Answer {
        try JSONDecoder().decode(type, from: try await ask(request))
    }

    /// The samples of `/metrics`, by name with labels.
    func metrics() async throws -> [String: Double] {
        let text = String(decoding: try await ask(.get("/metrics")), as: UTF8.self)
        return text.split(separator: "\n").reduce(into: [:]) { samples, line in
            guard !line.hasPrefix("#"), let space = line.lastIndex(of: " ") else { return }
            samples[String(line[..<space])] = Double(line[line.index(after: space)...])
        }
    }

    /// How often the server has called a command of Slurm.
    func calls(of command: String, in metrics: [String: Double]) -> Double {
        let cluster = configuration.workplace.cluster
        return metrics["slipway_slurm_calls_total{cluster=\"\(cluster)\",command=\"\(command)\"}"] ?? 0
    }

    /// Whether this server, of several, follows the cluster's jobs.
    func isFollowing() async throws -> Bool {
        try await metrics()["slipway_monitor_follows{cluster=\"\(configuration.workplace.cluster)\"}"] == 1
    }

    /// Looks at the metrics again and again until as many tasks are in the states.
    func waitForTasks(_ count: Int, in states: [String], seconds: Double, every pause: Duration) async throws {
        let end = ContinuousClock.now + .seconds(seconds)
        while true {
            let metrics = try await metrics()
            let found = states.reduce(0) { $0 + (metrics["slipway_tasks{state=\"\($1)\"}"] ?? 0) }
            if Int(found) >= count { return }
            guard ContinuousClock.now < end else {
                throw BenchError(.answer, "after \(seconds) s only \(Int(found)) of \(count) tasks are \(states)")
            }
            try await Task.sleep(for: pause)
        }
    }
}
