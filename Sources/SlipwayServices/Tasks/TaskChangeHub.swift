import Foundation
import Logging
import ServiceLifecycle
import SlipwayCore
import Synchronization

/// Tells those who wait for a task that it changed: one subscription to the store for all of them.
final class TaskChangeHub: Service {
    private struct State {
        var readers: [TaskID: [UUID: HintBell]] = [:]
        var workers: [HintBell] = []
        var tellers: [HintBell] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let store: any TaskStore
    private let logger: Logger

    init(store: any TaskStore, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in await follow() }
        close()
    }

    private func follow() async {
        do {
            for try await change in store.changes() {
                switch change {
                case .task(let id, let taskState): publish(id, taskState)
                case .all: publishAll()
                }
            }
        } catch {
            if !Task.isCancelled {
                logger.error("the subscription to changes ended", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Calls `body` with a bell that rings when the task may have changed.
    func withBell<Value: Sendable>(for id: TaskID, _ body: (HintBell) async throws -> Value) async rethrows -> Value {
        let key = UUID()
        let bell = HintBell()
        let isClosed = state.withLock { state in
            state.readers[id, default: [:]][key] = bell
            return state.isClosed
        }
        if isClosed { bell.close() }
        defer {
            state.withLock { state in
                state.readers[id]?[key] = nil
                if state.readers[id]?.isEmpty == true { state.readers[id] = nil }
            }
        }
        // Who waits must not hold up a server that is told to stop.
        return try await withGracefulShutdownHandler {
            try await body(bell)
        } onGracefulShutdown: {
            bell.close()
        }
    }

    /// A bell for a worker, rung whenever a task is somewhere on its way.
    func workBell() -> HintBell {
        let bell = HintBell()
        state.withLock { $0.workers.append(bell) }
        return bell
    }

    /// A bell for a worker, rung whenever a task has ended.
    func endBell() -> HintBell {
        let bell = HintBell()
        state.withLock { $0.tellers.append(bell) }
        return bell
    }

    /// A change that this process made and that the store does not tell.
    func publish(_ id: TaskID, _ taskState: TaskState) {
        let bells = state.withLock { state in
            Array(state.readers[id, default: [:]].values) + (taskState.isFinal ? state.tellers : state.workers)
        }
        for bell in bells { bell.ring() }
    }

    private func publishAll() {
        for bell in allBells() { bell.ring() }
    }

    private func close() {
        state.withLock { $0.isClosed = true }
        for bell in allBells() { bell.close() }
    }

    private func allBells() -> [HintBell] {
        state.withLock { state in state.readers.values.flatMap(\.values) + state.workers + state.tellers }
    }
}
