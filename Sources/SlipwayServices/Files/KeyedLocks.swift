import Synchronization

/// One lock a key, first come, first served; a lock exists while it is held.
final class KeyedLocks: Sendable {
    /// Those who wait for a key that is held, the first one first.
    private let waiting = Mutex<[String: [CheckedContinuation<Void, Never>]]>([:])

    /// Runs `body` while nobody else has the key. Cancellation does not end the wait: whoever holds a lock ends soon.
    ///
    /// - Throws: `CancellationError` where the task was cancelled before its turn; what `body` throws.
    func withLock<Value: Sendable>(_ key: String, _ body: () async throws -> Value) async throws -> Value {
        await acquire(key)
        defer { release(key) }
        try Task.checkCancellation()
        return try await body()
    }

    private func acquire(_ key: String) async {
        await withCheckedContinuation { continuation in
            let isFree = waiting.withLock { waiting in
                guard waiting[key] != nil else {
                    waiting[key] = []
                    return true
                }
                waiting[key]?.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    private func release(_ key: String) {
        let next = waiting.withLock { waiting -> CheckedContinuation<Void, Never>? in
            guard waiting[key]?.isEmpty == false else {
                waiting[key] = nil
                return nil
            }
            return waiting[key]?.removeFirst()
        }
        next?.resume()
    }
}
