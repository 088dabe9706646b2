import Foundation

/// Holds threads up until it is opened.
///
/// `@unchecked Sendable`: the counts are touched only while `condition` is locked.
final class Gate: @unchecked Sendable {
    private let condition = NSCondition()
    private var isClosed = false
    private var waiting = 0
    private var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

    func close() {
        condition.withLock { isClosed = true }
    }

    func open() {
        condition.withLock {
            isClosed = false
            condition.broadcast()
        }
    }

    /// Blocks while the gate is closed.
    func pass() {
        condition.lock()
        defer { condition.unlock() }
        guard isClosed else { return }
        waiting += 1
        for watcher in watchers where watcher.count <= waiting { watcher.continuation.resume() }
        watchers.removeAll { $0.count <= waiting }
        while isClosed { condition.wait() }
        waiting -= 1
    }

    /// Waits until so many threads stand before the gate.
    func reached(by count: Int = 1) async {
        await withCheckedContinuation { continuation in
            condition.withLock {
                if waiting >= count { continuation.resume() } else { watchers.append((count, continuation)) }
            }
        }
    }
}
