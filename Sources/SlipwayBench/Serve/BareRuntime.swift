import Foundation

/// `session.run` of ONNX Runtime in a loop of Python, without any server: the limit.
struct BareRuntime: Decodable, Sendable {
    /// Of ONNX Runtime.
    let version: String
    /// Of a call.
    let rows: Int
    /// Of a session.
    let threads: Int
    /// Each with a session of its own.
    let callers: Int
    let rowsPerSecond: Double

    static func measure(_ net: DenseNet, _ workplace: Workplace, seconds: Double) async throws -> [BareRuntime] {
        let output = try await Command.run(workplace.python, [workplace.peers + "/bare.py", net.file, "\(seconds)"])
        return try JSONDecoder().decode([BareRuntime].self, from: Data(output.utf8))
    }

    var how: String { "\(callers) caller\(callers == 1 ? "" : "s"), \(threads) thread\(threads == 1 ? "" : "s") each" }

    var figure: Figure {
        Figure(
            "floor: bare session.run, \(rows) row\(rows == 1 ? "" : "s"), \(how)", rowsPerSecond, "rows/s",
            "ONNX Runtime \(version) in a loop of Python")
    }
}
