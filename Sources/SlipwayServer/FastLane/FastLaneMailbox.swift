import NIOCore
import Synchronization

/// What other threads want done on an event loop: all that gathers before the loop wakes is done at one wake-up.
final class FastLaneMailbox: Sendable {
    private let eventLoop: any EventLoop
    private let letters = Mutex<[@Sendable () -> Void]>([])

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func post(_ letter: @escaping @Sendable () -> Void) {
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
