package import Foundation
import Synchronization

/// Makes task ids that never repeat and never go back within this process, whatever the clock does.
///
/// Two servers can meet in the same two milliseconds with the same random bits, once in about a thousand such meetings;
/// the table's primary key refuses the second one and the caller asks for another id.
package final class TaskIDGenerator: Sendable {
    private let last = Mutex<UInt64>(0)
    private let now: @Sendable () -> Date

    /// 2025-01-01T00:00:00Z in seconds since 1970.
    static let epoch = 1_735_689_600.0

    package init(now: @escaping @Sendable () -> Date = { Date() }) {
        self.now = now
    }

    package func next() -> TaskID {
        let units = UInt64(max(0, (now().timeIntervalSince1970 - Self.epoch) * 500))
        let candidate = (units << 10 | UInt64.random(in: 0..<1024)) & ((1 << 50) - 1)
        let value = last.withLock { last in
            last = max(last + 1, candidate)
            return last
        }
        return TaskID(value: value)
    }
}
