import Synchronization

/// Something that one waiter waits for and others ring. Rings before the wait are not lost; many rings are one.
final class HintBell: Sendable {
    private struct State {
        var isRung = false
        var isClosed = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func ring() { wake { $0.isRung = true } }

    /// No wait lasts from now on.
    func close() { wake { $0.isClosed = true } }

    /// Waits for a ring, at most so many seconds.
    ///
    /// - Returns: False when the bell is closed or the waiting task was cancelled.
    func wait(seconds: Double, clock: any Clock<Duration> = ContinuousClock()) async -> Bool {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.waitForRing() }
            // Cancelling the group ends the sleep; that is what it is for.
            group.addTask { try? await clock.sleep(for: .seconds(seconds)) }
            await group.next()
            group.cancelAll()
        }
        return state.withLock { state in
            state.isRung = false
            return !state.isClosed
        } && !Task.isCancelled
    }

    private func waitForRing() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.isRung || state.isClosed || Task.isCancelled { return true }
                    state.waiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            wake { _ in }
        }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}
