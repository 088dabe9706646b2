import CPostgres

extension Session {
    /// Whether `request` may go to the server now.
    func accepts(_ request: Request) -> Bool {
        guard !isCancelling, !isRunningScript, backlog.isEmpty else { return false }
        if case .script = request.kind { return pending.isEmpty }
        return true
    }

    /// Puts a request on its way, or into the backlog; false where the connection is broken and nothing was sent.
    func submit(_ request: Request, now: Instant) -> Bool {
        guard accepts(request) else {
            backlog.append(request)
            return true
        }
        return send(request, now: now)
    }

    /// Sends what had to wait; false where the connection is broken.
    func sendBacklog(now: Instant) -> Bool {
        while let request = backlog.first, !isCancelling, !isRunningScript {
            if case .script = request.kind, !pending.isEmpty { return true }
            _ = backlog.popFirst()
            guard !request.isFinished else { continue }
            guard send(request, now: now) else {
                backlog.prepend(request)
                return false
            }
        }
        return true
    }

    private func send(_ request: Request, now: Instant) -> Bool {
        let isSent: Bool
        if case .script = request.kind {
            isSent = sendScript(request)
        } else {
            isSent = sendStatement(request)
        }
        guard isSent else { return false }
        if pending.isEmpty { beginAnswer(to: request, now: now) }
        request.phase = .sent(self)
        pending.append(request)
        return true
    }

    private func sendScript(_ request: Request) -> Bool {
        guard PQexitPipelineMode(handle) == 1, PQsendQuery(handle, request.sql.text) == 1 else { return false }
        isRunningScript = true
        return flush()
    }

    private func sendStatement(_ request: Request) -> Bool {
        guard let profile = request.profile else {
            let isSent = request.sql.values.withPointers { count, values in
                PQsendQueryParams(handle, request.sql.text, count, nil, values, nil, nil, 0)
            }
            return isSent == 1 && synchronise()
        }
        request.isPreparing = false
        var name = prepared.name(of: profile.identifier)
        if name == nil {
            let (added, evicted) = prepared.add(profile.identifier)
            if let evicted, !discard(evicted) { return false }
            guard PQsendPrepare(handle, added, profile.text, 0, nil) == 1 else { return false }
            request.isPreparing = true
            name = added
        }
        let isSent = request.sql.values.withPointers { count, values in
            PQsendQueryPrepared(handle, name, count, values, nil, nil, 0)
        }
        return isSent == 1 && synchronise()
    }

    /// Frees a prepared statement on the server; nobody waits for the answer.
    func discard(_ name: String) -> Bool {
        let request = Request(.inner, SQL(unsafe: "DEALLOCATE \(name)"))
        guard PQsendQueryParams(handle, request.sql.text, 0, nil, nil, nil, nil, 0) == 1, synchronise() else {
            return false
        }
        if pending.isEmpty { beginAnswer(to: request, now: .now) }
        request.phase = .sent(self)
        pending.append(request)
        return true
    }

    private func synchronise() -> Bool {
        guard PQpipelineSync(handle) == 1 else { return false }
        return flush()
    }

    /// Gives the kernel what it takes; false where the connection is broken.
    func flush() -> Bool {
        let state = PQflush(handle)
        hasUnsentBytes = state == 1
        return state >= 0
    }

    func beginAnswer(to request: Request, now: Instant) {
        headSince = now
        answer = Answer(isPreparing: request.isPreparing)
    }
}
