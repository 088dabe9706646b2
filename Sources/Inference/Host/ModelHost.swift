internal import CInference
package import SlipwayCore
internal import Synchronization

/// Keeps models in memory under a budget and runs them.
///
/// A version is loaded when it is first asked for, by one load however many ask at once, and stays until it is
/// unloaded, published anew, or the least recently used when another one needs the room. Requests that run on a model
/// keep it in memory until they end. Requests that wait for the same version are run together where its rows are
/// independent. Loading and running happen on threads of the host's own.
package final class ModelHost: Sendable {
    private let core: HostCore

    /// - Parameters:
    ///   - engines: The runtimes to choose from by file name.
    ///   - budget: What all models may take together.
    ///   - runners: How many runs there are at once; as many as the process has cores where nil.
    ///   - surroundings: Clocks and the process's memory.
    package init(
        engines: [any InferenceEngine], budget: MemoryBudget, runners: Int? = nil,
        surroundings: HostSurroundings = .machine
    ) {
        core = HostCore(
            engines: engines, budget: budget, runners: max(1, runners ?? Int(slipway_usable_cores())),
            surroundings: surroundings)
    }

    deinit {
        core.close()
    }

    /// Runs a model once, loading it where needed.
    ///
    /// - Parameter outputs: The names of the wanted outputs; all where nil.
    /// - Throws: `InferenceError`; `CancellationError` as soon as the task is cancelled, and what has not begun by then
    ///   is not run.
    package func infer(_ version: ServedVersion, inputs: [Tensor], outputs: [String]? = nil) async throws -> Inference {
        try Task.checkCancellation()
        let answer = Awaited<Inference>()
        core.infer(version, inputs: inputs, outputs: outputs, ticket: answer) { answer.answer($0) }
        return try await answer.value()
    }

    /// Runs a model once, loading it where needed, without blocking or suspending the caller.
    ///
    /// - Parameter completion: Called once with an answer or an `InferenceError`: on a thread of the host, which it must
    ///   not hold up; on the caller's, before this returns, where nothing has to be run (an answer from the cache,
    ///   inputs that do not fit, a load that failed a moment ago).
    package func infer(
        _ version: ServedVersion, inputs: [Tensor], outputs: [String]?,
        completion: @escaping @Sendable (Result<Inference, any Error>) -> Void
    ) {
        core.infer(version, inputs: inputs, outputs: outputs, ticket: nil, completion: completion)
    }

    /// The same for a caller whose thread would rather run short models itself than wait for another thread.
    ///
    /// - Parameter guest: The caller's thread; the completion may be called when it runs what it brought.
    package func infer(
        _ version: ServedVersion, inputs: [Tensor], outputs: [String]?, guest: GuestRunner,
        completion: @escaping @Sendable (Result<Inference, any Error>) -> Void
    ) {
        core.infer(version, inputs: inputs, outputs: outputs, ticket: nil, guest: guest, completion: completion)
    }

    /// Makes a runner of a thread that has other things to do.
    ///
    /// - Parameter arrange: Called when the thread has brought something to run: sees to it that `run` is called on it
    ///   soon, when the thread has brought what else is at hand.
    package func guest(arrange: @escaping @Sendable (GuestRunner) -> Void) -> GuestRunner {
        GuestRunner(core: core, arrange: arrange)
    }

    /// A model with what lies beside it, loading it where needed.
    ///
    /// - Throws: `InferenceError`: `overBudget` for a model that can never fit, and what loading it throws;
    ///   `CancellationError`.
    package func model(_ version: ServedVersion) async throws -> HostedModel {
        if let hosted = readyModel(version) { return hosted }
        let answer = Awaited<HostedModel>()
        core.request(version) { answer.answer($0.map(\.hosted)) }
        return try await answer.value()
    }

    /// A model that is in memory already; nil where it is not. Counts as a use of it.
    package func readyModel(_ version: ServedVersion) -> HostedModel? {
        core.state.withLock { $0.residency.readyModel(version) }?.hosted
    }

    /// Brings a version into memory where it is not there yet.
    ///
    /// - Throws: What `model` throws.
    package func load(_ version: ServedVersion) async throws {
        _ = try await model(version)
    }

    /// Lets a version go, from whatever source it was loaded; requests for it that have come end first. Returns when
    /// its memory is free, at once where it is not in memory.
    package func unload(_ key: ModelKey) async {
        await withCheckedContinuation { continuation in
            core.perform(core.state.withLock { $0.residency.unloadRequested(key) { continuation.resume() } })
        }
    }

    /// Lets a version go without waiting until its memory is free.
    package func letGo(_ key: ModelKey) {
        core.perform(core.state.withLock { $0.residency.unloadRequested(key) {} })
    }

    /// Where each version is that is or was to be in memory.
    package func states() -> [ModelKey: ModelState] {
        core.state.withLock { $0.residency }.states
    }

    package func memory() -> MemoryUse {
        core.state.withLock { $0.residency.memory }
    }

    /// What was done for each version since the server began, by name and version.
    package func statistics() -> [ModelStatistics] {
        let memory = memory().byModel
        return core.tallies.all.map { tally in
            var statistics = tally.current
            statistics.memoryBytes = memory[statistics.key] ?? 0
            return statistics
        }.sorted { ($0.key.name, $0.key.version) < ($1.key.name, $1.key.version) }
    }

    /// Judges files that are not published: loads them, runs them once, compares with `golden.json` where there is one.
    /// Nothing of it is in memory any more when this returns.
    ///
    /// - Throws: What `model` throws.
    package func check(_ source: ModelSource) async throws -> CheckedModel {
        let answer = Awaited<(number: UInt64, checked: CheckedModel)>()
        let moment = core.surroundings.moment
        core.perform(
            core.state.withLock { state in
                state.residency.checkRequested(
                    source,
                    by: { result in
                        answer.answer(result.map { ($0.number, CheckedModel($0.hosted)) })
                    }, at: moment)
            })
        let (number, checked) = try await answer.value()
        await withCheckedContinuation { continuation in
            core.perform(core.state.withLock { $0.residency.departureAwaited(number) { continuation.resume() } })
        }
        return checked
    }
}
