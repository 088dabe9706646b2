import Logging

extension Switchboard {
    /// Opens connections as long as more wait than are being opened.
    func dialForDemand() {
        let wanted = queues.wantedConnections
        while dialling.underWay < wanted, sessions.count + dialling.underWay < maximumConnections,
            now >= dialling.notBefore
        {
            dial(for: .pool)
        }
    }

    func dial(for purpose: Command.Purpose) {
        switch purpose {
        case .pool: dialling.began()
        case .notifications: listener.dialling.began()
        }
        let dialler = dialler
        do {
            try BlockingThread.start {
                do throws(PostgresError) {
                    let line = try dialler.connect()
                    if !self.post(.connected(line, purpose)) { line.hangUp() }
                } catch {
                    self.post(.connectionRefused(error, purpose))
                }
            }
        } catch {
            refused(PostgresError(.system, "no thread to connect", underlying: error), for: purpose)
        }
    }

    func connected(_ line: Dialler.Line, for purpose: Command.Purpose) {
        guard case .open = lifecycle else { return line.hangUp() }
        sessionCount += 1
        switch purpose {
        case .pool:
            dialling.succeeded()
            sessions.append(Session(identifier: sessionCount, line: line, role: .idle))
        case .notifications:
            listener.dialling.succeeded()
            startListening(Session(identifier: sessionCount, line: line, role: .listening))
        }
    }

    func refused(_ error: PostgresError, for purpose: Command.Purpose) {
        // Of a series of failures the first one is news.
        let isRepeated: Bool
        switch purpose {
        case .pool:
            isRepeated = dialling.lastError != nil
            dialling.failed(error, now: now)
        case .notifications:
            isRepeated = listener.dialling.lastError != nil
            listener.dialling.failed(error, now: now)
        }
        guard case .open = lifecycle else { return }
        let level = isRepeated ? Logger.Level.debug : .warning
        logger.log(level: level, "PostgreSQL refused a connection", metadata: ["error": "\(error)"])
    }

    func receive(from session: Session) {
        let isAlive = session.receive(now: now) { complete($0, on: session) }
        if case .listening = session.role { deliverNotifications(from: session) }
        guard isAlive else { return lose(session) }
        guard session.backlog.isEmpty || session.sendBacklog(now: now) else { return lose(session) }
        settle(session)
    }

    private func complete(_ completed: Session.Completed, on session: Session) {
        let request = completed.request
        request.profile?.ran(for: completed.time)
        guard case .failure(let error) = completed.outcome else { return request.finish(completed.outcome) }
        if error.saysStalePlan, let profile = request.profile {
            let mayRepeat = session.isOutsideTransaction
            if let name = session.prepared.remove(profile.identifier) { _ = session.discard(name) }
            if mayRepeat, !request.isFinished, request.attempts < 2 {
                request.attempts += 1
                request.phase = .waiting
                session.backlog.append(request)
                return
            }
        }
        if error.sqlState == "57014", !request.isFinished {
            if request.isCancelSent {
                request.finish(.failure(PostgresError(.cancelled, error.message, sqlState: error.sqlState)))
                return
            }
            // A cancellation that was meant for the one before it; the statement was rolled back.
            if case .shared = session.role, session.isCancelling || session.wasCancelling { return retry(request) }
        }
        request.finish(completed.outcome)
    }

    /// Looks at what a session is for after something on it has ended.
    func settle(_ session: Session) {
        if let head = session.pending.first, head.isCancelled, !head.isCancelSent {
            switch session.role {
            case .solo, .leased, .returning: cancelHead(of: session)
            case .idle, .shared, .listening: break
            }
        }
        guard session.isQuiet else { return }
        switch session.role {
        case .idle, .leased, .listening: break
        case .shared, .solo, .returning:
            session.wasCancelling = false
            // An open transaction that nobody will end: only a new connection is surely free of it.
            if session.isClean { session.role = .idle } else { lose(session) }
        }
    }

    /// Gives a session up and answers all who were on it.
    func lose(_ session: Session) {
        if session === listener.session { return loseListener() }
        guard let index = sessions.firstIndex(where: { $0 === session }) else { return }
        sessions.remove(at: index)
        if case .leased(let lease) = session.role { leases[lease] = nil }
        let (sent, unsent, error) = session.abandon()
        for request in sent where !request.isFinished { request.finish(.failure(error)) }
        for request in unsent.reversed() where !request.isFinished {
            switch request.kind {
            case .statement: retry(request)
            case .leased, .script, .lease, .inner: request.finish(.failure(error))
            }
        }
        if !sent.isEmpty {
            logger.warning("Connection to PostgreSQL was lost", metadata: ["error": "\(error)"])
        }
    }

    func finishDraining() {
        guard case .draining(_, let continuations) = lifecycle else { return }
        lifecycle = .closed
        closeEverything()
        for continuation in continuations { continuation.resume() }
    }

    func closeEverything() {
        for request in queues.removeAll() where !request.isFinished { request.finish(.failure(.closed)) }
        for session in sessions {
            let (sent, unsent, _) = session.abandon()
            for request in sent + unsent where !request.isFinished { request.finish(.failure(.closed)) }
        }
        sessions = []
        leases = [:]
        listener.session = nil
        for subscription in listener.subscriptions.values { subscription.continuation.finish() }
        listener.subscriptions = [:]
    }
}

extension PostgresError {
    /// The prepared statement is gone (26000), or its columns are not what they were (0A000): parse it again.
    fileprivate var saysStalePlan: Bool {
        sqlState == "26000" || (sqlState == "0A000" && message.contains("cached plan"))
    }
}
