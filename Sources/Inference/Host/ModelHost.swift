internal import CInference
package import SlipwayCore
internal import Synchronization

/// Keeps models in memory and runs them.
///
/// A version is loaded when it is first asked for, by one load however many ask at once, and stays until it is
/// unloaded, published anew, or the least recently used one above the limit. Requests that run on a model keep it in
/// memory until they end. Loading and running happen on threads of the host's own.
package final class ModelHost: Sendable {
    private typealias Slots = ModelSlots<HostedModel, CheckedContinuation<HostedModel, any Error>>

    private let engines: [any InferenceEngine]
    private let slots: Mutex<Slots>
    private let runners: WorkerThreads
    /// Apart from the runners, so that a large model on its way in does not hold up the others.
    private let loaders = WorkerThreads(name: "model-load", count: 2)

    /// - Parameters:
    ///   - engines: The runtimes to choose from by file name.
    ///   - limit: How many models stay in memory.
    ///   - threads: How many requests run at once; as many as the process has cores where nil.
    package init(engines: [any InferenceEngine], limit: Int = 16, threads: Int? = nil) {
        self.engines = engines
        slots = Mutex(Slots(limit: limit))
        runners = WorkerThreads(name: "model-run", count: threads ?? Int(slipway_usable_cores()))
    }

    /// Runs a model once, loading it where needed.
    ///
    /// - Parameters:
    ///   - source: The version's file or folder, and its checksum.
    ///   - outputs: The names of the wanted outputs; all where nil.
    /// - Throws: `InferenceError`; `CancellationError`.
    package func infer(
        _ key: ModelKey, source: ModelSource, inputs: [Tensor], outputs: [String]? = nil
    ) async throws -> [Tensor] {
        let hosted = try await hostedModel(key, source)
        return try await runners.run { try hosted.model.infer(inputs, outputs: outputs) }
    }

    /// The inputs and outputs of a model, loading it where needed.
    ///
    /// - Throws: `InferenceError`.
    package func signature(_ key: ModelKey, source: ModelSource) async throws -> ModelSignature {
        try await hostedModel(key, source).model.signature
    }

    /// The protocol's word for the kind of model, e.g. `onnx_onnxv1`, loading it where needed.
    ///
    /// - Throws: `InferenceError`.
    package func platform(_ key: ModelKey, source: ModelSource) async throws -> String {
        try await hostedModel(key, source).platform
    }

    /// The versions in memory, by name and version.
    package func loaded() -> [ModelKey] {
        slots.withLock { $0.ready }.sorted { ($0.name, $0.version) < ($1.name, $1.version) }
    }

    /// Lets a version go; requests that run on it end first. Nothing happens where it is not in memory.
    package func unload(_ key: ModelKey) {
        if let hosted = slots.withLock({ $0.unloaded(key) }) { release([hosted]) }
    }

    private func hostedModel(_ key: ModelKey, _ source: ModelSource) async throws -> HostedModel {
        if let hosted = slots.withLock({ $0.readyModel(key, source) }) { return hosted }
        return try await withCheckedThrowingContinuation { continuation in
            switch slots.withLock({ $0.requested(key, source, by: continuation) }) {
            case .use(let hosted): continuation.resume(returning: hosted)
            case .wait: break
            case .load(let number): loaders.submit { [self] in load(key, source, number) }
            }
        }
    }

    /// Runs on a loader's thread.
    private func load(_ key: ModelKey, _ source: ModelSource, _ number: UInt64) {
        let result = Result {
            let (model, engine) = try VersionFiles(at: source.path).loadable(by: engines)
            return HostedModel(
                model: try engine.load(model, parameters: ModelParameters()), platform: model.platform)
        }
        let outcome = slots.withLock { slots in
            switch result {
            case .success(let hosted): slots.loaded(key, number: number, hosted)
            case .failure: slots.loadFailed(key, number: number)
            }
        }
        for waiter in outcome.waiters { waiter.resume(with: result) }
        release(outcome.released)
    }

    /// Freeing a model takes time in the runtime: not the caller's.
    private func release(_ models: [HostedModel]) {
        guard !models.isEmpty else { return }
        loaders.submit { withExtendedLifetime(models) {} }
    }
}
