extension Switchboard {
    /// Gives connections to those who wait, opens new ones where they are missing, and ends what is over its time.
    func advance() {
        switch lifecycle {
        case .waiting:
            expire()
        case .open:
            dispatch()
            expire()
            dialForDemand()
            dialForNotifications()
        case .draining(let deadline, _):
            if now >= deadline || sessions.allSatisfy({ if case .idle = $0.role { true } else { false } }) {
                finishDraining()
            }
        case .closed:
            break
        }
    }

    /// The earliest time at which something has to be looked at without an event.
    func nextDue() -> Instant? {
        var due: [Instant] = []
        if let deadline = queues.nextDeadline { due.append(deadline) }
        switch lifecycle {
        case .waiting, .closed: break
        case .open:
            // A shared connection may stall, or somebody's patience with it end, without an event.
            if !queues.shortReads.isEmpty { due.append(now + .milliseconds(1)) }
            if !queues.isEmpty, dialling.notBefore > now { due.append(dialling.notBefore) }
            if !listener.subscriptions.isEmpty, listener.session == nil, listener.dialling.notBefore > now {
                due.append(listener.dialling.notBefore)
            }
        case .draining(let deadline, _):
            due.append(deadline)
        }
        return due.min()
    }

    private func dispatch() {
        guard !queues.isEmpty else { return }
        while true {
            queues.dropFinished()
            sendShortReads()
            guard let session = sessions.first(where: { if case .idle = $0.role { true } else { false } }),
                let request = queues.popOldest(holdersToo: canHold)
            else { return }
            give(session, to: request)
        }
    }

    /// Sends short reads through connections that are shared already, the first of them first, so that few share much.
    private func sendShortReads() {
        while let read = queues.shortReads.first {
            guard let session = sharedSession(for: read) else { return }
            _ = queues.popShortRead()
            if !read.isFinished { send(read, through: session) }
        }
    }

    /// A shared connection with room for a read, where nobody older has a better claim to the connection.
    private func sharedSession(for read: Request) -> Session? {
        let olderHolds = canHold && queues.holders.first.map { $0.order < read.order } == true
        let olderReads = queues.otherReads.first.map { $0.order < read.order && isImpatient($0) } == true
        if olderReads || (olderHolds && maximumConnections == 1) { return nil }
        for session in sessions {
            guard case .shared = session.role else { continue }
            let isStalled = !session.pending.isEmpty && now.since(session.headSince) > Self.stallTime
            if !isStalled, !session.isCancelling, session.pending.count < Self.window { return session }
            if olderHolds { return nil }
        }
        return nil
    }

    /// Whether a read has waited so long for a connection of its own that the shared ones should run empty for it.
    private func isImpatient(_ request: Request) -> Bool {
        now + acquireTimeLimit >= request.deadline + .milliseconds(20)
    }

    private func give(_ session: Session, to request: Request) {
        if case .lease = request.kind {
            session.role = .leased(request.order)
            leases[request.order] = session
            request.finish(granting: PostgresConnection(lease: request.order, switchboard: self))
            return
        }
        // The text may have proven short while this one waited.
        session.role = request.profile?.isShareable == true ? .shared : .solo
        send(request, through: session)
    }

    private func send(_ request: Request, through session: Session) {
        guard !session.submit(request, now: now) else { return }
        lose(session)
        retry(request)
    }

    /// Puts a request that did not run back to the front.
    func retry(_ request: Request) {
        request.phase = .waiting
        request.attempts += 1
        guard case .open = lifecycle else { return request.finish(.failure(.closed)) }
        guard request.attempts < 4 else {
            request.finish(.failure(PostgresError(.connectionLost, "the connection to PostgreSQL was lost repeatedly")))
            return
        }
        queues.prepend(request)
    }

    /// Whether one more connection may go to a scope, or to a statement that may wait for locks; one is kept for reads.
    private var canHold: Bool {
        let held = sessions.count { session in
            switch session.role {
            case .idle, .shared, .listening: false
            case .solo, .leased, .returning: true
            }
        }
        return held < max(1, maximumConnections - 1)
    }

    private func expire() {
        while let request = queues.popOverdue(now: now) {
            if !request.isFinished { request.finish(.failure(timeLimitError)) }
        }
    }

    private var timeLimitError: PostgresError {
        let reason = sessions.isEmpty ? "none could be opened" : "all \(maximumConnections) are in use"
        return PostgresError(
            .connectionLost, "no connection to PostgreSQL came free within \(acquireTimeLimit): \(reason)",
            sqlState: dialling.lastError?.sqlState, underlying: dialling.lastError)
    }
}
