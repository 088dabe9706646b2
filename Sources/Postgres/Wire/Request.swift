/// A statement, or the wish for a connection, on its way through the event thread.
///
/// `@unchecked Sendable`: one caller builds it, then posts it; from there on the event thread alone reads and writes
/// it.
final class Request: @unchecked Sendable {
    enum Kind {
        /// One statement on any connection.
        case statement
        /// One statement on the connection of a lease.
        case leased(UInt64)
        /// Several statements in one text, without values, on the connection of a lease.
        case script(UInt64)
        /// A connection for a scope.
        case lease
        /// A statement that the module sends for itself.
        case inner
    }

    enum Phase {
        /// Its caller still builds it.
        case drafted
        case waiting
        case sent(Session)
        case finished
    }

    /// `@unchecked Sendable`: closures are made and called by the event thread alone.
    enum Completion: @unchecked Sendable {
        case statement(CheckedContinuation<PostgresResult, any Error>)
        case lease(CheckedContinuation<PostgresConnection, any Error>)
        case call((Result<PostgresResult, PostgresError>) -> Void)
        case none
    }

    let kind: Kind
    let sql: SQL
    var completion = Completion.none
    var phase = Phase.drafted
    var profile: StatementProfile?
    /// Where it stands among all that arrived.
    var order: UInt64 = 0
    var deadline = Instant(nanoseconds: .max)
    /// The caller does not want it any more.
    var isCancelled = false
    /// The server has been asked to cancel it.
    var isCancelSent = false
    /// It was sent together with the preparing of its text.
    var isPreparing = false
    var attempts = 0

    init(_ kind: Kind, _ sql: SQL) {
        self.kind = kind
        self.sql = sql
    }

    var isFinished: Bool {
        if case .finished = phase { true } else { false }
    }

    /// Answers the caller; what comes later is dropped.
    func finish(_ outcome: Result<PostgresResult, PostgresError>) {
        phase = .finished
        let completion = self.completion
        self.completion = .none
        switch completion {
        case .statement(let continuation): continuation.resume(with: outcome.mapError { $0 as any Error })
        case .call(let body): body(outcome)
        case .lease(let continuation):
            if case .failure(let error) = outcome { continuation.resume(throwing: error) }
        case .none: break
        }
    }

    /// Hands the connection of a granted lease over.
    func finish(granting connection: PostgresConnection) {
        guard case .lease(let continuation) = completion else { return }
        phase = .finished
        completion = .none
        continuation.resume(returning: connection)
    }
}
