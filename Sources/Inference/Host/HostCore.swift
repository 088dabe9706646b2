internal import Dispatch
internal import Foundation
internal import SlipwayCore
internal import Synchronization

/// The one place where the host acts: its pure parts say what is to be done, under a lock that is held for no longer
/// than that; loader and runners do it. The threads hold this, not the host, so that they can end when it goes.
final class HostCore: Sendable {
    /// Called on the loader's thread; on the caller's where the answer is known at once.
    typealias Waiter = @Sendable (Result<Resident, any Error>) -> Void
    typealias Watcher = @Sendable () -> Void
    typealias Residency = ModelResidency<Resident, Waiter, Watcher>

    struct State: Sendable {
        var residency: Residency
        var schedule: RunSchedule<PendingInference>
    }

    let engines: [any InferenceEngine]
    let surroundings: HostSurroundings
    let state: Mutex<State>
    let tallies = ModelTallies()
    /// Bytes of answers that are kept for one model at most: a part of the budget, since they are no part of what is
    /// measured.
    let largestCache: Int
    /// One thread, so that what the process grows and shrinks by has one cause at a time.
    let loader = WorkerThreads(name: "model-load", count: 1)
    /// One signal for each runner that the schedule decided to wake.
    let wakeUps = DispatchSemaphore(value: 0)

    init(engines: [any InferenceEngine], budget: MemoryBudget, runners: Int, surroundings: HostSurroundings) {
        self.engines = engines
        self.surroundings = surroundings
        largestCache = Int(budget.bytes / 16)
        state = Mutex(State(residency: Residency(budget: budget.bytes), schedule: RunSchedule(runners: runners)))
        for number in 0..<runners {
            WorkerThreads.start(name: "model-run-\(number)") { [self] in runUntilClosed() }
        }
    }

    /// Lets the runners end when what waits is done.
    func close() {
        for _ in 0..<state.withLock({ $0.schedule.closed() }) { wakeUps.signal() }
    }
}
