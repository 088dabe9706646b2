import Foundation
import Inference
import SlipwayCore
import Synchronization
import Testing

/// A host over stand-in models, in a folder of its own.
struct HostFixture {
    let engine: StandInEngine
    let host: ModelHost
    let folder: String

    static func with<Result>(
        _ behaviours: [String: StandInEngine.Behaviour] = [:], budget: Int64 = 1 << 30, runners: Int = 2,
        surroundings: (StandInEngine) -> HostSurroundings = \.surroundings,
        _ body: (HostFixture) async throws -> Result
    ) async throws -> Result {
        let engine = StandInEngine(behaviours)
        return try await Runtime.withFolder { folder in
            let host = ModelHost(
                engines: [engine], budget: MemoryBudget(bytes: budget), runners: runners,
                surroundings: surroundings(engine))
            return try await body(HostFixture(engine: engine, host: host, folder: folder))
        }
    }

    /// A version whose file names its behaviour.
    func version(
        _ name: String, behaviour: String? = nil, sha256: String? = nil, settings: ServingSettings = ServingSettings()
    ) throws -> ServedVersion {
        let behaviour = behaviour ?? name
        let path = "\(folder)/\(behaviour).standin"
        // A file that a load may be reading stays as it is.
        if !FileManager.default.fileExists(atPath: path) { try Runtime.write(Array(behaviour.utf8), to: path) }
        return ServedVersion(
            key: ModelKey(name: name, version: "1"), source: ModelSource(path: path, sha256: sha256), settings: settings
        )
    }

    static func input(_ rows: [Float]...) -> [Tensor] {
        [Tensor(name: "x", shape: [rows.count, rows[0].count], values: .float32(rows.flatMap(\.self)))]
    }

    /// Waits until the host's view of the versions fits.
    func reached(_ condition: ([ModelKey: ModelState]) -> Bool) async {
        while !condition(host.states()) { await Task.yield() }
    }
}

/// Answers that come on threads of the host, gathered.
final class Answers: Sendable {
    private let results = Mutex<[Int: Result<Inference, any Error>]>([:])
    private let stream: AsyncStream<Void>
    private let source: AsyncStream<Void>.Continuation

    init() {
        (stream, source) = AsyncStream.makeStream()
    }

    /// What to hand in as a completion.
    func taker(_ number: Int) -> @Sendable (Result<Inference, any Error>) -> Void {
        { [self] result in
            results.withLock { results in
                if results.updateValue(result, forKey: number) != nil { Issue.record("answer \(number) came twice") }
            }
            source.yield()
        }
    }

    func wait(for count: Int) async -> [Int: Result<Inference, any Error>] {
        var iterator = stream.makeAsyncIterator()
        while results.withLock({ $0.count }) < count { await iterator.next() }
        return results.withLock { $0 }
    }
}

extension Inference {
    var floats: [Float]? {
        if case .float32(let values)? = outputs.first?.values { values } else { nil }
    }
}
