import Synchronization

/// A set of numbers that many tasks add to.
final class Numbers: Sendable {
    private let numbers = Mutex<Set<Int>>([])

    var all: Set<Int> { numbers.withLock { $0 } }

    func insert(_ number: Int) {
        numbers.withLock { _ = $0.insert(number) }
    }
}
