import Foundation
import SlipwayCore
import Synchronization
import Testing

@testable import Inference

@Suite("The host's memory")
struct HostMemoryTests {
    @Test("serves 50 models to 32 callers on a budget that holds 10, without a failure and within the budget")
    func manyModels() async throws {
        let engine = MeteredEngine(try Runtime.engine(threads: 1))
        try await Runtime.withFolder { folder in
            for number in 0..<50 {
                try Runtime.write(ONNXModel.identity(.float32).bytes, to: "\(folder)/\(number)/m.onnx")
            }
            let budget = 10 * MeteredEngine.bytes
            let host = ModelHost(
                engines: [engine], budget: MemoryBudget(bytes: budget), runners: 2, surroundings: engine.surroundings)
            func version(_ number: Int) -> ServedVersion {
                ServedVersion(
                    key: ModelKey(name: "m\(number)", version: "1"), source: ModelSource(path: "\(folder)/\(number)"))
            }
            try await withThrowingTaskGroup { group in
                for caller in 0..<32 {
                    group.addTask {
                        var generator = SystemRandomNumberGenerator()
                        for round in 0..<25 {
                            let number = Int.random(in: 0..<50, using: &generator)
                            let input = HostFixture.input([Float(number), Float(caller * 100 + round)])
                            let answer = try await host.infer(version(number), inputs: input)
                            #expect(answer.outputs.first?.values == input[0].values)
                            #expect(host.memory().used <= budget)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let statistics = host.statistics()
            #expect(statistics.reduce(0) { $0 + $1.success.count } == 800)
            #expect(statistics.allSatisfy { $0.fail.count == 0 })
            #expect(statistics.reduce(0) { $0 + $1.loads } == engine.loads)
            #expect(engine.loads > 50)
            #expect(engine.mostBytes <= budget)
            for number in 0..<50 { await host.unload(version(number).key) }
            #expect(engine.bytes == 0)
        }
    }

    @Test("keeps pinned models, and says what there is when nothing else fits")
    func pins() async throws {
        let behaviours = ["a": 20, "b": 20, "big": 60, "huge": 200].mapValues {
            StandInEngine.Behaviour(bytes: $0 << 20)
        }
        try await HostFixture.with(behaviours, budget: 100 << 20) { fixture in
            let host = fixture.host
            let pinned = try fixture.version("a", settings: ServingSettings(isPinned: true))
            try await host.load(pinned)
            try await host.load(fixture.version("b"))
            let huge = try await #require(throws: InferenceError.self) { try await host.load(fixture.version("huge")) }
            #expect(huge.code == .overBudget)
            for part in ["200 MiB", "100 MiB", "20 MiB", "model_memory"] { #expect(huge.message.contains(part)) }
            #expect(host.readyModel(pinned) != nil)
            try await host.load(fixture.version("big"))
            #expect(host.readyModel(pinned) != nil)
            guard case .ready(let bytes, _, let isPinned) = host.states()[pinned.key] else {
                Issue.record("\(host.states())")
                return
            }
            #expect(bytes == 20 << 20 && isPinned)
        }
    }

    @Test("waits for a busy model to leave instead of failing")
    func busyModel() async throws {
        let gate = Gate()
        let behaviours = [
            "busy": StandInEngine.Behaviour(bytes: 60 << 20) {
                gate.pass(); return StandInEngine.double($0)
            },
            "next": StandInEngine.Behaviour(bytes: 60 << 20),
        ]
        try await HostFixture.with(behaviours, budget: 100 << 20) { fixture in
            let (busy, next) = (try fixture.version("busy"), try fixture.version("next", sha256: "next"))
            // Its size is known from here on.
            try await fixture.host.load(next)
            await fixture.host.unload(next.key)
            try await fixture.host.load(busy)
            gate.close()
            async let first = fixture.host.infer(busy, inputs: HostFixture.input([1, 2]))
            await gate.reached()
            async let second = fixture.host.infer(next, inputs: HostFixture.input([3, 4]))
            await fixture.reached { $0[busy.key] == .unloading && $0[next.key] == .loading }
            #expect(fixture.engine.loads == ["next", "busy"])
            gate.open()
            #expect(try await first.floats == [2, 4])
            #expect(try await second.floats == [6, 8])
            #expect(fixture.engine.mostBytes == 60 << 20)
        }
    }

    @Test("refuses a model that does not give what its golden sample says")
    func golden() async throws {
        try await Runtime.withFolder { folder in
            try Runtime.write(ONNXModel.identity(.float32).bytes, to: folder + "/model.onnx")
            let host = ModelHost(engines: [try Runtime.engine()], budget: MemoryBudget(bytes: 1 << 40))
            func check(_ outputs: String) async throws -> CheckedModel {
                try Runtime.write(
                    Array(#"{"inputs": {"x": [[1, 2], [3, 4]]}, "outputs": {"y": \#(outputs)}}"#.utf8),
                    to: folder + "/golden.json")
                return try await host.check(ModelSource(path: folder))
            }
            let good = try await check("[[1, 2], [3, 4.0001]]")
            #expect(good.hasGolden && good.isBatchable && good.platform == "onnx_onnxv1")
            let error = try await #require(throws: InferenceError.self) { try await check("[[1, 2], [3, 5]]") }
            #expect(error.code == .loadFailed)
            for part in ["golden.json", "\"y\"", "4.0 at [1, 1]", "wanted 5.0"] {
                #expect(error.message.contains(part), "\(error)")
            }
            #expect(host.memory().used == 0 && host.states().isEmpty && host.statistics().isEmpty)
        }
    }

    @Test("keeps a model that does not run on zeros, and says so")
    func noZeros() async throws {
        let behaviour = StandInEngine.Behaviour { inputs in
            if case .float32(let values) = inputs[0].values, values.allSatisfy({ $0 == 0 }) {
                throw InferenceError(.failed, "zeros are no input")
            }
            return StandInEngine.double(inputs)
        }
        try await HostFixture.with(["m": behaviour]) { fixture in
            let version = try fixture.version("m")
            let checked = try await fixture.host.check(version.source)
            #expect(checked.warmUpFailure == "zeros are no input" && checked.isBatchable && !checked.hasGolden)
            #expect(fixture.engine.bytes == 0 && fixture.host.memory().used == 0)
            #expect(try await fixture.host.infer(version, inputs: HostFixture.input([1, 2])).floats == [2, 4])
        }
    }

    @Test("answers exact repeats from the cache where the owner wants it, and forgets them with the version")
    func cache() async throws {
        try await HostFixture.with { fixture in
            let kept = try fixture.version("m", sha256: "1", settings: ServingSettings(cacheBytes: 1 << 20))
            let plain = try fixture.version("m", sha256: "1")
            func infer(_ version: ServedVersion, _ value: Float, _ outputs: [String]? = nil) async throws -> Bool {
                let answer = try await fixture.host.infer(
                    version, inputs: HostFixture.input([value, 2]), outputs: outputs)
                #expect(answer.floats == [value * 2, 4])
                return answer.isCached
            }
            for isCached in [false, true, true] { #expect(try await infer(kept, 1) == isCached) }
            #expect(try await infer(kept, 2) == false)
            #expect(try await infer(kept, 1, ["y"]) == false)
            let statistics = try #require(fixture.host.statistics().first)
            #expect(statistics.cacheHit.count == 2 && statistics.cacheMiss.count == 3)
            #expect(statistics.success.count == 5 && statistics.inferenceCount == 5 && statistics.executionCount == 3)
            // Without the setting nothing is looked up, and nothing is kept.
            #expect(try await infer(plain, 1) == false)
            #expect(try await infer(kept, 1) == false)
            #expect(try await infer(kept, 1) == true)
            await fixture.host.unload(kept.key)
            #expect(try await infer(kept, 1) == false)
        }
    }
}

/// The real runtime's models, each counted as so many bytes.
private final class MeteredEngine: InferenceEngine {
    static let bytes: Int64 = 8 << 20
    let name = "Metered"
    let wanted = "*.onnx"
    private let engine: ONNXRuntimeEngine
    private let counts = Mutex<(loads: Int, bytes: Int64, most: Int64)>((0, 0, 0))

    init(_ engine: ONNXRuntimeEngine) {
        self.engine = engine
    }

    var loads: Int { counts.withLock(\.loads) }
    var bytes: Int64 { counts.withLock(\.bytes) }
    var mostBytes: Int64 { counts.withLock(\.most) }

    var surroundings: HostSurroundings {
        var surroundings = HostSurroundings.machine
        surroundings.anonymousBytes = { [self] in bytes }
        return surroundings
    }

    func version() throws -> String { try engine.version() }

    func find(in files: VersionFiles) throws -> LoadableModel? { try engine.find(in: files) }

    func load(_ model: LoadableModel, parameters: ModelParameters) throws -> any LoadedModel {
        let loaded = try engine.load(model, parameters: parameters)
        counts.withLock { counts in
            counts.loads += 1
            counts.bytes += Self.bytes
            counts.most = max(counts.most, counts.bytes)
        }
        return Model(loaded: loaded, engine: self)
    }

    private final class Model: LoadedModel {
        let loaded: any LoadedModel
        let engine: MeteredEngine
        var signature: ModelSignature { loaded.signature }

        init(loaded: any LoadedModel, engine: MeteredEngine) {
            self.loaded = loaded
            self.engine = engine
        }

        deinit {
            engine.counts.withLock { $0.bytes -= MeteredEngine.bytes }
        }

        func infer(_ inputs: [Tensor], outputs: [String]?) throws -> [Tensor] {
            try loaded.infer(inputs, outputs: outputs)
        }
    }
}
