internal import Synchronization

/// Whether a task has been cancelled, readable from the thread that would do its work.
final class CancellationWish: Sendable {
    private let flag = Atomic(false)

    var isCancelled: Bool { flag.load(ordering: .acquiring) }

    func cancel() {
        flag.store(true, ordering: .releasing)
    }
}
