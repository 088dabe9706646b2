internal import Synchronization

/// A value that one place waits for and another gives. The first answer counts; a cancelled wait is an answer.
final class Awaited<Value: Sendable>: Sendable {
    private enum Phase {
        case open
        case waiting(CheckedContinuation<Value, any Error>)
        case answered(Result<Value, any Error>)
        case done
    }

    private let phase = Mutex(Phase.open)

    /// Nobody waits for an answer any more.
    var isAnswered: Bool {
        phase.withLock {
            switch $0 {
            case .open, .waiting: false
            case .answered, .done: true
            }
        }
    }

    func answer(_ result: Result<Value, any Error>) {
        let continuation: CheckedContinuation<Value, any Error>? = phase.withLock {
            switch $0 {
            case .open:
                $0 = .answered(result)
                return nil
            case .waiting(let continuation):
                $0 = .done
                return continuation
            case .answered, .done:
                return nil
            }
        }
        continuation?.resume(with: result)
    }

    /// Waits; to be called once.
    ///
    /// - Throws: What the answer throws; `CancellationError` as soon as the task is cancelled.
    func value() async throws -> Value {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<Value, any Error>? = phase.withLock {
                    if case .answered(let result) = $0 {
                        $0 = .done
                        return result
                    }
                    $0 = .waiting(continuation)
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            answer(.failure(CancellationError()))
        }
    }
}
