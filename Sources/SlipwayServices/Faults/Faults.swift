import Foundation
import Synchronization

/// Ends the process, as a crash would, where a test asks for it; without that it does nothing.
///
/// `SLIPWAY_FAULT=POINT` ends it at the first pass of a `FaultPoint`, `SLIPWAY_FAULT=POINT:3` at the third.
package final class Faults: Sendable {
    private let point: FaultPoint?
    private let passesLeft: Mutex<Int>

    /// Never ends the process.
    package static let none = Faults(point: nil, passes: 0)

    /// - Returns: nil where the environment asks for a point that does not exist.
    package convenience init?(environment: [String: String]) {
        guard let text = environment["SLIPWAY_FAULT"], !text.isEmpty else {
            self.init(point: nil, passes: 0)
            return
        }
        let words = text.split(separator: ":")
        let passes = words.count == 1 ? 1 : words.last.flatMap { Int($0) }
        guard words.count <= 2, let name = words.first, let point = FaultPoint(rawValue: String(name)), let passes,
            passes > 0
        else { return nil }
        self.init(point: point, passes: passes)
    }

    private init(point: FaultPoint?, passes: Int) {
        self.point = point
        self.passesLeft = Mutex(passes)
    }

    /// To be called at a point.
    package func pass(_ point: FaultPoint) {
        guard point == self.point else { return }
        let isDue = passesLeft.withLock { left in
            left -= 1
            return left == 0
        }
        // No handler runs, no buffer is flushed: what a crash leaves.
        if isDue { kill(getpid(), SIGKILL) }
    }
}
