import CPostgres

/// One connection in libpq's pipeline mode and the statements that are on their way through it.
///
/// Every statement has a synchronisation point of its own, so it is its own transaction outside of BEGIN, and its error
/// concerns nobody behind it (libpq manual, 34.5). The event thread alone touches a session.
final class Session {
    enum Role {
        /// Nobody uses it.
        case idle
        /// Short reads of many callers go through it.
        case shared
        /// One statement has it to itself.
        case solo
        /// A scope has it.
        case leased(UInt64)
        /// A scope has given it back while something is still on its way.
        case returning
        /// It waits for notifications.
        case listening
    }

    let identifier: Int
    let handle: OpaquePointer
    let socket: Int32
    let canceller: Canceller
    var role: Role
    /// Sent and not yet answered, in order.
    var pending = Queue<Request>()
    /// Waiting for a script, or for a cancellation under way, to end.
    var backlog = Queue<Request>()
    /// A cancellation is on its way to the server and may hit whatever runs.
    var isCancelling = false
    /// One was since the connection came into its present service; it may yet have hit a neighbour.
    var wasCancelling = false
    /// A script runs in the simple protocol, outside of pipeline mode.
    var isRunningScript = false
    /// When the oldest pending statement became the one that the server works on.
    var headSince = Instant(nanoseconds: 0)
    /// The kernel took not all that was to be sent.
    var hasUnsentBytes = false
    /// The connection has to be given up.
    var isBroken = false
    var prepared = PreparedStatements()
    var answer = Answer()

    init(identifier: Int, line: Dialler.Line, role: Role) {
        self.identifier = identifier
        self.role = role
        handle = line.handle
        socket = PQsocket(line.handle)
        canceller = Canceller(of: line.handle)
    }

    deinit {
        PQfinish(handle)
    }

    /// What has come of the answer to the oldest pending statement.
    struct Answer {
        var result: OpaquePointer?
        var error: PostgresError?
        var isPreparing = false
        var emptyReads = 0
    }

    /// Nothing is on its way and no transaction is open.
    var isClean: Bool {
        isQuiet && PQtransactionStatus(handle) == PQTRANS_IDLE
    }

    var isQuiet: Bool {
        pending.isEmpty && backlog.isEmpty && !isCancelling && !isRunningScript
    }

    /// Whether the last statement that was answered ran outside of BEGIN; false where that is not known.
    var isOutsideTransaction: Bool {
        switch role {
        case .shared, .solo, .listening: true
        // libpq tells the state only while nothing is on its way.
        case .idle, .leased, .returning: PQtransactionStatus(handle) == PQTRANS_IDLE
        }
    }

    /// libpq's words on what is wrong with the connection.
    var lostError: PostgresError {
        let message = PostgresError.text(of: PQerrorMessage(handle))
        return PostgresError(.connectionLost, message.isEmpty ? "the connection to PostgreSQL was lost" : message)
    }
}
