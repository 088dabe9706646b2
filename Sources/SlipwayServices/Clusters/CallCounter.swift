import Synchronization

/// How often each of Slurm's commands was called.
final class CallCounter: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func count(_ command: String) { counts.withLock { $0[command, default: 0] += 1 } }

    var all: [String: Int] { counts.withLock { $0 } }
}
