import Foundation
import Inference
import SlipwayCore
import Synchronization

/// Models whose doings a test prescribes, and whose memory is a number. A file's text names the behaviour.
final class StandInEngine: InferenceEngine {
    struct Behaviour: Sendable {
        var bytes: Int64 = 1 << 20
        var inputs = [TensorSpecification(name: "x", type: .float32, shape: [-1, 2])]
        var outputs = [TensorSpecification(name: "y", type: .float32, shape: [-1, 2])]
        var load: @Sendable () throws -> Void = {}
        var run: @Sendable ([Tensor]) throws -> [Tensor]

        /// - Parameter run: Twice the input, where a test says nothing else.
        init(bytes: Int64 = 1 << 20, run: @escaping @Sendable ([Tensor]) throws -> [Tensor] = StandInEngine.double) {
            self.bytes = bytes
            self.run = run
        }
    }

    let name = "Stand-in"
    let wanted = "*.standin"
    private let behaviours: [String: Behaviour]
    private let memory = Mutex<(now: Int64, most: Int64)>((0, 0))
    private let loadedFiles = Mutex<[String]>([])
    private let runRows = Mutex<[Int]>([])

    init(_ behaviours: [String: Behaviour] = [:]) {
        self.behaviours = behaviours
    }

    /// The names of the models in the order of their loads.
    var loads: [String] { loadedFiles.withLock { $0 } }
    /// Bytes of the models that have not been freed.
    var bytes: Int64 { memory.withLock(\.now) }
    var mostBytes: Int64 { memory.withLock(\.most) }

    /// The rows of each run since the last call.
    func takeRuns() -> [Int] {
        runRows.withLock { runs in
            defer { runs = [] }
            return runs
        }
    }

    /// Real time, and the stand-ins' memory alone.
    var surroundings: HostSurroundings {
        var surroundings = HostSurroundings.machine
        surroundings.anonymousBytes = { [self] in bytes }
        return surroundings
    }

    /// The same, in a time that stands still: every run takes none, however busy the machine is.
    var timelessSurroundings: HostSurroundings {
        var surroundings = surroundings
        surroundings.now = { 1_000_000_000 }
        return surroundings
    }

    func version() throws -> String { "1" }

    func find(in files: VersionFiles) throws -> LoadableModel? {
        files.paths.first { $0.hasSuffix(".standin") }.map {
            LoadableModel(path: files.folder + "/" + $0, platform: "standin")
        }
    }

    func load(_ model: LoadableModel, parameters: ModelParameters) throws -> any LoadedModel {
        let text = try String(contentsOfFile: model.path, encoding: .utf8)
        loadedFiles.withLock { $0.append(text) }
        guard let behaviour = behaviours[text] ?? (behaviours.isEmpty ? Behaviour() : nil) else {
            throw InferenceError(.loadFailed, "no behaviour is called \"\(text)\"")
        }
        try behaviour.load()
        memory.withLock { memory in
            memory.now += behaviour.bytes
            memory.most = max(memory.most, memory.now)
        }
        return Model(engine: self, behaviour: behaviour)
    }

    @Sendable static func double(_ inputs: [Tensor]) -> [Tensor] {
        inputs.map { input in
            guard case .float32(let values) = input.values else { return input }
            return Tensor(name: "y", shape: input.shape, values: .float32(values.map { $0 * 2 }))
        }
    }

    private final class Model: LoadedModel {
        let engine: StandInEngine
        let behaviour: Behaviour
        let signature: ModelSignature

        init(engine: StandInEngine, behaviour: Behaviour) {
            self.engine = engine
            self.behaviour = behaviour
            signature = ModelSignature(inputs: behaviour.inputs, outputs: behaviour.outputs)
        }

        deinit {
            engine.memory.withLock { $0.now -= behaviour.bytes }
        }

        func infer(_ inputs: [Tensor], outputs: [String]?) throws -> [Tensor] {
            engine.runRows.withLock { $0.append(inputs.first?.shape.first ?? 0) }
            return try behaviour.run(inputs)
        }
    }
}
