import Foundation
import SlipwayCore
import Synchronization
import Testing

@testable import Inference

@Suite("The model host")
struct ModelHostTests {
    @Test("runs a model from its folder, on first use, and keeps it")
    func firstUse() async throws {
        try await Runtime.withFolder { folder in
            try Runtime.write(ONNXModel.identity(.float32).bytes, to: folder + "/model/deep.onnx")
            try Runtime.write(Array("text".utf8), to: folder + "/metrics.json")
            let host = ModelHost(engines: [try Runtime.engine()], budget: MemoryBudget(bytes: 1 << 40))
            let version = ServedVersion(key: ModelKey(name: "wine", version: "1"), source: ModelSource(path: folder))
            #expect(host.states().isEmpty)
            #expect(host.readyModel(version) == nil)
            let answer = try await host.infer(version, inputs: HostFixture.input([1, 2]))
            #expect(answer.outputs == [Tensor(name: "y", shape: [1, 2], values: .float32([1, 2]))])
            let hosted = try #require(host.readyModel(version))
            #expect(hosted.platform == "onnx_onnxv1" && hosted.isBatchable && hosted.warmUpFailure == nil)
            #expect(hosted.model.signature.inputs.map(\.name) == ["x"])
            #expect(try await host.model(version).memoryBytes == hosted.memoryBytes)
            #expect(host.memory().used == hosted.memoryBytes)
            #expect(host.memory().byModel == [version.key: hosted.memoryBytes])
        }
    }

    @Test("loads once however many ask at once, and loads nothing that is there")
    func sharedLoad() async throws {
        try await HostFixture.with { fixture in
            let version = try fixture.version("m")
            try await withThrowingTaskGroup { group in
                for number in 0..<200 {
                    group.addTask {
                        let answer = try await fixture.host.infer(
                            version, inputs: HostFixture.input([Float(number), 1]))
                        #expect(answer.floats == [Float(number) * 2, 2])
                    }
                }
                try await group.waitForAll()
            }
            try await fixture.host.load(version)
            #expect(fixture.engine.loads == ["m"])
        }
    }

    @Test("serves what waits for a load in the order in which it came")
    func order() async throws {
        let gate = Gate()
        gate.close()
        let order = Mutex<[Float]>([])
        var behaviour = StandInEngine.Behaviour { inputs in
            if case .float32(let values) = inputs[0].values, values[0] > 1 { order.withLock { $0.append(values[0]) } }
            return StandInEngine.double(inputs)
        }
        behaviour.load = { gate.pass() }
        try await HostFixture.with(["m": behaviour], runners: 1) { fixture in
            let version = try fixture.version("m", settings: ServingSettings(isBatched: false))
            let answers = Answers()
            for number in 0..<50 {
                fixture.host.infer(
                    version, inputs: HostFixture.input([Float(number + 10), 0]), outputs: nil,
                    completion: answers.taker(number))
            }
            gate.open()
            _ = await answers.wait(for: 50)
            #expect(order.withLock { $0 } == (10..<60).map(Float.init))
        }
    }

    @Test("never answers from a version that was not asked for, while versions are published, unloaded and evicted")
    func swapUnderLoad() async throws {
        let behaviours = Dictionary(
            uniqueKeysWithValues: (0..<6).map { tag in
                (
                    "\(tag)",
                    StandInEngine.Behaviour(bytes: 10 << 20) { inputs in
                        [
                            Tensor(
                                name: "y", shape: inputs[0].shape,
                                values: .float32(Array(repeating: Float(tag), count: inputs[0].values.count)))
                        ]
                    }
                )
            })
        try await HostFixture.with(behaviours, budget: 40 << 20, runners: 3) { fixture in
            let published = Publisher()
            for tag in 0..<6 { _ = try fixture.version("m", behaviour: "\(tag)") }
            try await withThrowingTaskGroup { group in
                for caller in 0..<8 {
                    group.addTask {
                        for round in 0..<150 {
                            let tag = published.tag
                            let version = try fixture.version(
                                "m\((caller + round) % 2)", behaviour: "\(tag)", sha256: "\(tag)")
                            let answer = try await fixture.host.infer(version, inputs: HostFixture.input([1, 2]))
                            #expect(answer.floats == [Float(tag), Float(tag)])
                            if round % 10 == caller { published.publish() }
                            if round % 40 == caller { fixture.host.letGo(version.key) }
                        }
                    }
                }
                try await group.waitForAll()
            }
            for name in ["m0", "m1"] { await fixture.host.unload(ModelKey(name: name, version: "1")) }
            #expect(fixture.engine.bytes == 0)
            #expect(fixture.engine.mostBytes <= 40 << 20)
        }
    }

    @Test("unloads a model when the last request on it has ended, and returns when its memory is free")
    func unloadWaits() async throws {
        let gate = Gate()
        try await HostFixture.with([
            "m": .init {
                gate.pass(); return StandInEngine.double($0)
            }
        ]) { fixture in
            let version = try fixture.version("m")
            try await fixture.host.load(version)
            gate.close()
            async let answer = fixture.host.infer(version, inputs: HostFixture.input([1, 2]))
            await gate.reached()
            async let bytes = {
                await fixture.host.unload(version.key)
                return fixture.engine.bytes
            }()
            await fixture.reached { $0[version.key] == .unloading }
            #expect(fixture.host.memory().used > 0)
            #expect(fixture.engine.bytes > 0)
            gate.open()
            #expect(await bytes == 0)
            #expect(try await answer.floats == [2, 4])
            #expect(fixture.host.states().isEmpty && fixture.host.memory().used == 0)
            #expect(fixture.host.statistics().map(\.unloads) == [1])
        }
    }

    @Test("tells every caller of a load that failed, tries no more for a while, and then does")
    func failedLoad() async throws {
        let time = Mutex<UInt64>(1_000_000_000)
        try await Runtime.withFolder { folder in
            var surroundings = HostSurroundings.machine
            surroundings.now = { time.withLock { $0 } }
            let host = ModelHost(
                engines: [try Runtime.engine()], budget: MemoryBudget(bytes: 1 << 40), surroundings: surroundings)
            let path = try Runtime.write(Array("broken".utf8), to: folder + "/m.onnx")
            let version = ServedVersion(key: ModelKey(name: "m", version: "1"), source: ModelSource(path: path))
            let failures = await withTaskGroup { group in
                for _ in 0..<20 {
                    group.addTask {
                        do {
                            _ = try await host.infer(version, inputs: [])
                            return false
                        } catch { return (error as? InferenceError)?.code == .loadFailed }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(failures == 20)
            guard case .failed(let reason, _) = host.states()[version.key] else {
                Issue.record("\(host.states())")
                return
            }
            #expect(reason.contains("m.onnx"))
            #expect(host.statistics().map(\.fail.count) == [20])
            try Runtime.write(ONNXModel.identity(.int64).bytes, to: path)
            await #expect(throws: InferenceError.self) { try await host.load(version) }
            time.withLock { $0 += 1_000_000_001 }
            #expect(try await host.model(version).model.signature.inputs.first?.type == .int64)
        }
    }

    @Test("says what a folder holds and what to export when nothing in it can be served")
    func nothingToServe() async throws {
        try await Runtime.withFolder { folder in
            try Runtime.write([1], to: folder + "/model.pkl")
            try Runtime.write([1], to: folder + "/data/notes.txt")
            let host = ModelHost(engines: [try Runtime.engine()], budget: MemoryBudget(bytes: 1 << 40))
            func check() async throws -> CheckedModel { try await host.check(ModelSource(path: folder)) }
            let error = try await #require(throws: InferenceError.self) { try await check() }
            #expect(error.code == .unsupported)
            for part in ["data/notes.txt, model.pkl", "*.onnx", "skl2onnx"] { #expect(error.message.contains(part)) }
            try Runtime.write([1], to: folder + "/a.onnx")
            try Runtime.write([1], to: folder + "/b.onnx")
            let several = try await #require(throws: InferenceError.self) { try await check() }
            #expect(several.message.contains("a.onnx, b.onnx"))
            try Runtime.write(ONNXModel.identity(.bool).bytes, to: folder + "/model.onnx")
            #expect(try await check().signature.inputs.first?.type == .bool)
            let absent = try await #require(throws: InferenceError.self) {
                try await host.check(ModelSource(path: folder + "/no"))
            }
            #expect(absent.code == .loadFailed)
        }
    }

    @Test("answers a task that is cancelled at once, and does not run what it wanted")
    func cancellation() async throws {
        let gate = Gate()
        try await HostFixture.with(
            [
                "m": .init {
                    gate.pass(); return StandInEngine.double($0)
                }
            ], runners: 1
        ) {
            fixture in
            let version = try fixture.version("m")
            try await fixture.host.load(version)
            _ = fixture.engine.takeRuns()
            gate.close()
            async let first = fixture.host.infer(version, inputs: HostFixture.input([1, 2]))
            await gate.reached()
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: CancellationError.self) {
                        try await fixture.host.infer(version, inputs: HostFixture.input([3, 4], [5, 6]))
                    }
                }
                group.cancelAll()
                // The runner is held up all the while.
                await group.waitForAll()
            }
            let waiting = Task { try await fixture.host.infer(version, inputs: HostFixture.input([3, 4], [5, 6])) }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            gate.open()
            #expect(try await first.floats == [2, 4])
            _ = try await fixture.host.infer(version, inputs: HostFixture.input([1, 2]))
            #expect(fixture.engine.takeRuns() == [1, 1])
        }
    }

    @Test("answers what waits when it goes")
    func goodbye() async throws {
        let answers = Answers()
        let engine = StandInEngine()
        try await Runtime.withFolder { folder in
            let path = try Runtime.write(Array("m".utf8), to: folder + "/m.standin")
            let version = ServedVersion(key: ModelKey(name: "m", version: "1"), source: ModelSource(path: path))
            func useOnce() async throws {
                let host = ModelHost(
                    engines: [engine], budget: MemoryBudget(bytes: 1 << 40), runners: 1,
                    surroundings: engine.surroundings)
                try await host.load(version)
                for number in 0..<20 {
                    host.infer(
                        version, inputs: HostFixture.input([1, 2]), outputs: nil, completion: answers.taker(number))
                }
            }
            try await useOnce()
            #expect(await answers.wait(for: 20).count == 20)
            while engine.bytes != 0 { await Task.yield() }
        }
    }
}

/// Which of six contents is published now.
private final class Publisher: Sendable {
    private let count = Atomic(0)

    var tag: Int { count.load(ordering: .relaxed) % 6 }

    func publish() {
        count.add(1, ordering: .relaxed)
    }
}
