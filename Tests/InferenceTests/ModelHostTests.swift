import Foundation
import Inference
import SlipwayCore
import Synchronization
import Testing

@Suite("The model host")
struct ModelHostTests {
    @Test("runs a model from its folder, on first use, and keeps it")
    func firstUse() async throws {
        try await Runtime.withFolder { folder in
            try Runtime.write(ONNXModel.identity(.float32).bytes, to: folder + "/model/deep.onnx")
            try Runtime.write(Array("text".utf8), to: folder + "/metrics.json")
            let host = ModelHost(engines: [try Runtime.engine()])
            let key = ModelKey(name: "wine", version: "1")
            #expect(host.loaded() == [])
            let input = Tensor(name: "x", shape: [1, 2], values: .float32([1, 2]))
            let outputs = try await host.infer(key, source: ModelSource(path: folder), inputs: [input])
            #expect(outputs == [Tensor(name: "y", shape: [1, 2], values: .float32([1, 2]))])
            #expect(host.loaded() == [key])
            #expect(try await host.signature(key, source: ModelSource(path: folder)).inputs.map(\.name) == ["x"])
            #expect(try await host.platform(key, source: ModelSource(path: folder)) == "onnx_onnxv1")
            host.unload(key)
            #expect(host.loaded() == [])
        }
    }

    @Test("loads once however many ask at once")
    func sharedLoad() async throws {
        let engine = CountingEngine()
        let host = ModelHost(engines: [engine])
        try await Runtime.withFolder { folder in
            let source = ModelSource(path: try Runtime.write([], to: folder + "/m.counted"))
            try await withThrowingTaskGroup { group in
                for _ in 0..<200 {
                    group.addTask {
                        try await host.infer(ModelKey(name: "m", version: "1"), source: source, inputs: [])
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(engine.loads == ["m.counted"])
    }

    @Test("lets the least recently used model go, and loads it again when asked")
    func leastRecentlyUsed() async throws {
        let engine = CountingEngine()
        let host = ModelHost(engines: [engine], limit: 2)
        try await Runtime.withFolder { folder in
            func use(_ name: String) async throws {
                let path = try Runtime.write([], to: "\(folder)/\(name).counted")
                _ = try await host.infer(
                    ModelKey(name: name, version: "1"), source: ModelSource(path: path), inputs: [])
            }
            for name in ["a", "b", "a", "c"] { try await use(name) }
            #expect(host.loaded().map(\.name) == ["a", "c"])
            try await use("b")
            #expect(host.loaded().map(\.name) == ["b", "c"])
            #expect(engine.loads == ["a", "b", "c", "b"].map { $0 + ".counted" })
        }
    }

    @Test("loads a version anew when its checksum has changed")
    func changedSource() async throws {
        let engine = CountingEngine()
        let host = ModelHost(engines: [engine])
        try await Runtime.withFolder { folder in
            let path = try Runtime.write([], to: folder + "/m.counted")
            for sha256 in ["1", "1", "2", "2"] {
                _ = try await host.infer(
                    ModelKey(name: "m", version: "1"), source: ModelSource(path: path, sha256: sha256), inputs: [])
            }
        }
        #expect(engine.loads.count == 2)
        #expect(host.loaded().count == 1)
    }

    @Test("tries again after a load that failed, and tells every caller of the failure")
    func failedLoad() async throws {
        try await Runtime.withFolder { folder in
            let host = ModelHost(engines: [try Runtime.engine()])
            let key = ModelKey(name: "m", version: "1")
            let path = try Runtime.write(Array("broken".utf8), to: folder + "/m.onnx")
            let source = ModelSource(path: path)
            let failures = await withTaskGroup { group in
                for _ in 0..<20 {
                    group.addTask {
                        do {
                            _ = try await host.signature(key, source: source)
                            return false
                        } catch { return (error as? InferenceError)?.code == .loadFailed }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(failures == 20)
            try Runtime.write(ONNXModel.identity(.int64).bytes, to: path)
            #expect(try await host.signature(key, source: source).inputs.first?.type == .int64)
        }
    }

    @Test("unloads a model while requests run on it; they end well")
    func unloadUnderLoad() async throws {
        try await Runtime.withFolder { folder in
            let source = ModelSource(
                path: try Runtime.write(ONNXModel.identity(.float32).bytes, to: folder + "/m.onnx"))
            let host = ModelHost(engines: [try Runtime.engine()], limit: 1, threads: 4)
            let input = Tensor(name: "x", shape: [1, 2], values: .float32([1, 2]))
            try await withThrowingTaskGroup { group in
                for number in 0..<300 {
                    group.addTask {
                        let key = ModelKey(name: "m", version: "\(number % 3)")
                        if number % 10 == 0 { host.unload(key) }
                        let outputs = try await host.infer(key, source: source, inputs: [input])
                        #expect(outputs.first?.values == input.values)
                    }
                }
                try await group.waitForAll()
            }
            #expect(host.loaded().count == 1)
        }
    }

    @Test("says what a folder holds and what to export when nothing in it can be served")
    func nothingToServe() async throws {
        try await Runtime.withFolder { folder in
            try Runtime.write([1], to: folder + "/model.pkl")
            try Runtime.write([1], to: folder + "/data/notes.txt")
            let host = ModelHost(engines: [try Runtime.engine()])
            let key = ModelKey(name: "m", version: "1")
            let error = try await #require(throws: InferenceError.self) {
                try await host.signature(key, source: ModelSource(path: folder))
            }
            #expect(error.code == .unsupported)
            for part in ["data/notes.txt, model.pkl", "*.onnx", "skl2onnx"] { #expect(error.message.contains(part)) }
            try Runtime.write([1], to: folder + "/a.onnx")
            try Runtime.write([1], to: folder + "/b.onnx")
            let several = try await #require(throws: InferenceError.self) {
                try await host.signature(key, source: ModelSource(path: folder))
            }
            #expect(several.message.contains("a.onnx, b.onnx"))
            try Runtime.write(ONNXModel.identity(.bool).bytes, to: folder + "/model.onnx")
            #expect(try await host.signature(key, source: ModelSource(path: folder)).inputs.first?.type == .bool)
            let absent = try await #require(throws: InferenceError.self) {
                try await host.signature(ModelKey(name: "n", version: "1"), source: ModelSource(path: folder + "/no"))
            }
            #expect(absent.code == .loadFailed)
        }
    }

    @Test("does not start work for a task that was cancelled while it waited")
    func cancellation() async throws {
        let engine = CountingEngine()
        let host = ModelHost(engines: [engine])
        try await Runtime.withFolder { folder in
            let source = ModelSource(path: try Runtime.write([], to: folder + "/m.counted"))
            let key = ModelKey(name: "m", version: "1")
            _ = try await host.signature(key, source: source)
            await withTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask {
                    await #expect(throws: CancellationError.self) {
                        try await host.infer(key, source: source, inputs: [])
                    }
                }
            }
        }
        #expect(engine.runs == 0)
    }
}

/// Counts loads and runs; its models do nothing.
private final class CountingEngine: InferenceEngine {
    let name = "Counting"
    let wanted = "*.counted"
    private let loadedFiles = Mutex<[String]>([])
    private let runCount = Atomic(0)

    var loads: [String] { loadedFiles.withLock { $0 } }
    var runs: Int { runCount.load(ordering: .acquiring) }

    func version() throws -> String { "1" }

    func find(in files: VersionFiles) throws -> LoadableModel? {
        files.paths.first { $0.hasSuffix(".counted") }.map {
            LoadableModel(path: files.folder + "/" + $0, platform: "counting")
        }
    }

    func load(_ model: LoadableModel, parameters: ModelParameters) throws -> any LoadedModel {
        loadedFiles.withLock { $0.append((model.path as NSString).lastPathComponent) }
        return Model(engine: self)
    }

    private struct Model: LoadedModel {
        let engine: CountingEngine
        let signature = ModelSignature(inputs: [], outputs: [])

        func infer(_ inputs: [Tensor], outputs: [String]?) throws -> [Tensor] {
            engine.runCount.add(1, ordering: .acquiringAndReleasing)
            return []
        }
    }
}
