import Logging

extension Switchboard {
    func handle(_ command: Command) {
        switch command {
        case .submit(let request, let completion): admit(request, completion)
        case .cancel(let request): cancel(request)
        case .release(let lease): release(lease)
        case .cancellationDelivered(let identifier): cancellationDelivered(identifier)
        case .connected(let line, let purpose): connected(line, for: purpose)
        case .connectionRefused(let error, let purpose): refused(error, for: purpose)
        case .subscribe(let subscription): subscribe(subscription)
        case .unsubscribe(let identifier): unsubscribe(identifier)
        case .open: open()
        case .close(let grace, let continuation): close(within: grace, continuation)
        case .abandon: lifecycle = .closed
        }
    }

    private func open() {
        guard case .waiting = lifecycle else { return }
        lifecycle = .open
        if sessions.isEmpty { dial(for: .pool) }
    }

    private func close(within grace: Duration, _ continuation: CheckedContinuation<Void, Never>) {
        switch lifecycle {
        case .waiting, .open:
            lifecycle = .draining(until: now + grace, [continuation])
            for request in queues.removeAll() where !request.isFinished { request.finish(.failure(.closed)) }
        case .draining(let until, let others):
            lifecycle = .draining(until: until, others + [continuation])
        case .closed:
            continuation.resume()
        }
    }

    private func admit(_ request: Request, _ completion: Request.Completion) {
        orders += 1
        request.order = orders
        request.completion = completion
        request.phase = .waiting
        guard !request.isCancelled else {
            request.finish(.failure(.cancelledBeforeSending))
            return
        }
        switch request.kind {
        case .statement:
            request.profile = ledger.profile(of: request.sql.text)
            enqueue(request)
        case .lease, .inner:
            enqueue(request)
        case .leased(let lease):
            request.profile = ledger.profile(of: request.sql.text)
            submit(request, throughLease: lease)
        case .script(let lease):
            submit(request, throughLease: lease)
        }
    }

    private func enqueue(_ request: Request) {
        switch lifecycle {
        case .waiting, .open:
            request.deadline = now + acquireTimeLimit
            queues.append(request)
        case .draining, .closed:
            request.finish(.failure(.closed))
        }
    }

    private func submit(_ request: Request, throughLease lease: UInt64) {
        guard let session = leases[lease] else {
            request.finish(
                .failure(
                    PostgresError(.connectionLost, "the connection of this scope was lost, or the scope has ended")))
            return
        }
        if !session.submit(request, now: now) {
            lose(session)
            request.finish(.failure(session.lostError))
        }
    }

    private func cancel(_ request: Request) {
        request.isCancelled = true
        switch request.phase {
        case .drafted, .finished:
            return
        case .waiting:
            request.finish(.failure(.cancelledBeforeSending))
        case .sent(let session):
            if session.pending.first === request {
                cancelHead(of: session)
            } else {
                request.finish(.failure(.cancelledBeforeSending))
            }
        }
    }

    /// Cancels what the session's server process works on; PQcancel blocks, hence the thread.
    func cancelHead(of session: Session) {
        guard let request = session.pending.first, !request.isCancelSent, !session.isCancelling else { return }
        request.isCancelSent = true
        session.isCancelling = true
        session.wasCancelling = true
        let (canceller, identifier) = (session.canceller, session.identifier)
        do {
            try BlockingThread.start {
                canceller.cancel()
                self.post(.cancellationDelivered(identifier))
            }
        } catch {
            session.isCancelling = false
            logger.warning("Statement could not be cancelled", metadata: ["error": "\(error)"])
        }
    }

    private func cancellationDelivered(_ identifier: Int) {
        guard let session = sessions.first(where: { $0.identifier == identifier }) else { return }
        session.isCancelling = false
        guard session.sendBacklog(now: now) else { return lose(session) }
        settle(session)
    }

    private func release(_ lease: UInt64) {
        guard let session = leases.removeValue(forKey: lease) else { return }
        session.role = .returning
        settle(session)
    }
}

extension PostgresError {
    static let closed = PostgresError(.poolClosed, "the PostgreSQL client has been shut down")
    static let cancelledBeforeSending = PostgresError(.cancelled, "the task was cancelled before its statement ran")
}
