import Inference
import NIOCore
import SlipwayServices
import Synchronization

/// What the fast lane has on one event loop: a way back to it for other threads, and its own hand in running models.
final class FastLaneMailbox: Sendable {
    /// Runs what the loop's connections have brought in one turn, at the end of that turn.
    let guest: GuestRunner
    private let eventLoop: any EventLoop
    private let letters = Mutex<[@Sendable () -> Void]>([])

    init(eventLoop: any EventLoop, models: ModelService) {
        self.eventLoop = eventLoop
        guest = models.guest { guest in eventLoop.execute { guest.run() } }
    }

    /// Does something on the loop: at once where this is its thread, and otherwise with all that gathers before it wakes.
    func post(_ letter: @escaping @Sendable () -> Void) {
        if eventLoop.inEventLoop { return letter() }
        let isFirst = letters.withLock { letters in
            letters.append(letter)
            return letters.count == 1
        }
        if isFirst { eventLoop.execute { [self] in deliver() } }
    }

    private func deliver() {
        let gathered = letters.withLock { letters in
            defer { letters = [] }
            return letters
        }
        for letter in gathered { letter() }
    }
}
