import Glibc
import Logging
import Synchronization

/// One thread that owns every connection of a client: it takes commands in, waits in poll(2), and answers.
///
/// `@unchecked Sendable`: `inbox` is behind its lock and the constants never change; all other state is touched by the
/// event thread alone.
final class Switchboard: @unchecked Sendable {
    struct Inbox {
        var commands: [Command] = []
        var hasThread = false
        var isAsleep = false
        var isClosed = false
    }

    enum Lifecycle {
        /// `run()` has not been called: requests wait.
        case waiting
        case open
        case draining(until: Instant, [CheckedContinuation<Void, Never>])
        case closed
    }

    let dialler: Dialler
    let maximumConnections: Int
    let acquireTimeLimit: Duration
    let logger: Logger
    private let inbox = Mutex(Inbox())
    private let bell: Bell?

    var lifecycle = Lifecycle.waiting
    var sessions: [Session] = []
    var queues = WaitingRequests()
    var leases: [UInt64: Session] = [:]
    var ledger = StatementLedger()
    var dialling = Dialling()
    var listener = Listener()
    var orders: UInt64 = 0
    var sessionCount = 0
    var now = Instant.now
    private var drained: [Command] = []
    private var descriptors: [pollfd] = []
    private var polled: [Session] = []

    /// How many statements may be on their way through one shared connection.
    static let window = 64
    /// A shared connection whose oldest statement has taken that long gets no more, in nanoseconds.
    static let stallTime: UInt64 = 3_000_000

    init(url: String, maximumConnections: Int, acquireTimeLimit: Duration, logger: Logger) {
        dialler = Dialler(url: url)
        self.maximumConnections = max(1, maximumConnections)
        self.acquireTimeLimit = acquireTimeLimit
        self.logger = logger
        bell = try? Bell()
    }

    /// Hands a command to the event thread, which starts with the first; false once the client is closed.
    @discardableResult
    func post(_ command: Command) -> Bool {
        guard let bell else { return false }
        let (isAccepted, mustStart, mustRing) = inbox.withLock { inbox in
            guard !inbox.isClosed else { return (false, false, false) }
            inbox.commands.append(command)
            let mustStart = !inbox.hasThread
            let mustRing = inbox.isAsleep
            inbox.hasThread = true
            inbox.isAsleep = false
            return (true, mustStart, mustRing)
        }
        if mustRing { bell.ring() }
        if mustStart {
            do {
                try BlockingThread.start { self.runLoop() }
            } catch {
                logger.error("PostgreSQL client has no thread", metadata: ["error": "\(error)"])
                runToEnd()
            }
        }
        return isAccepted
    }

    private func runLoop() {
        while true {
            takeCommands()
            advance()
            if case .closed = lifecycle { break }
            waitForEvents()
        }
        runToEnd()
    }

    /// Answers what is left; afterwards nothing more is accepted.
    private func runToEnd() {
        lifecycle = .closed
        let rest = inbox.withLock { inbox in
            inbox.isClosed = true
            return inbox.commands
        }
        for command in rest { handle(command) }
        closeEverything()
    }

    private func takeCommands() {
        inbox.withLock { swap(&$0.commands, &drained) }
        now = .now
        for command in drained { handle(command) }
        drained.removeAll(keepingCapacity: true)
    }

    private func waitForEvents() {
        guard let bell else { return }
        descriptors.removeAll(keepingCapacity: true)
        polled.removeAll(keepingCapacity: true)
        descriptors.append(pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0))
        for session in sessions { poll(session) }
        if let session = listener.session { poll(session) }
        let pause = timeout()
        let mayWait = inbox.withLock { inbox in
            inbox.isAsleep = inbox.commands.isEmpty
            return inbox.isAsleep
        }
        let ready = Glibc.poll(&descriptors, nfds_t(descriptors.count), mayWait ? pause : 0)
        inbox.withLock { $0.isAsleep = false }
        guard ready > 0 else { return }
        if descriptors[0].revents != 0 { bell.silence() }
        now = .now
        for (index, session) in polled.enumerated() where descriptors[index + 1].revents != 0 {
            receive(from: session)
        }
        polled.removeAll(keepingCapacity: true)
    }

    private func poll(_ session: Session) {
        let events = session.hasUnsentBytes ? POLLIN | POLLOUT : POLLIN
        descriptors.append(pollfd(fd: session.socket, events: Int16(events), revents: 0))
        polled.append(session)
    }

    /// Milliseconds until something is due; -1 for never.
    private func timeout() -> Int32 {
        guard let due = nextDue() else { return -1 }
        return Int32(clamping: (due.since(now) + 999_999) / 1_000_000)
    }
}
