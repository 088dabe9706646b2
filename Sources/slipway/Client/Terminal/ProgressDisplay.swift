import SlipwayClient
import Synchronization

/// Draws a transfer's progress on a terminal, ten times a second at most; elsewhere it draws nothing.
final class ProgressDisplay: Sendable {
    private let line: ProgressLine
    private let total: Int64
    private let terminal: Terminal
    private let begin = ContinuousClock.now
    private let lastDrawn = Mutex<ContinuousClock.Instant?>(nil)

    init(_ title: String, total: Int64, on terminal: Terminal) {
        line = ProgressLine(title: title, total: total)
        self.total = total
        self.terminal = terminal
    }

    func reached(_ done: Int64) {
        guard terminal.canRedraw else { return }
        lastDrawn.withLock { last in
            let now = ContinuousClock.now
            if let last, done < total, now - last < .milliseconds(100) { return }
            last = now
            terminal.redraw(line.text(done: done, elapsed: now - begin, width: terminal.width))
        }
    }

    /// Clears the line.
    func ended() {
        lastDrawn.withLock { last in
            if last != nil { terminal.redraw("") }
            last = nil
        }
    }
}
