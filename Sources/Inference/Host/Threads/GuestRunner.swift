internal import Synchronization

/// A thread of somebody else's that runs what it brings, where that takes less time than waking a runner.
///
/// What it brings within one turn is run together at the end of the turn.
package final class GuestRunner: Sendable {
    private let core: HostCore
    private let arrange: @Sendable (GuestRunner) -> Void
    /// The models that were brought something since the last run.
    private let lanes = Mutex<[UInt64]>([])

    init(core: HostCore, arrange: @escaping @Sendable (GuestRunner) -> Void) {
        self.core = core
        self.arrange = arrange
    }

    func wanted(for lane: UInt64) {
        let isFirst = lanes.withLock { lanes in
            if lanes.contains(lane) { return false }
            lanes.append(lane)
            return lanes.count == 1
        }
        if isFirst { arrange(self) }
    }

    /// Runs what was brought, unless a runner has.
    package func run() {
        let brought = lanes.withLock { lanes in
            defer { lanes.removeAll(keepingCapacity: true) }
            return lanes
        }
        for lane in brought { core.runWaiting(for: lane) }
    }
}
