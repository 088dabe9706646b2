import CPostgres

extension Session {
    /// A statement that the server has answered.
    struct Completed {
        let request: Request
        let outcome: Result<PostgresResult, PostgresError>
        /// Nanoseconds that the server had it at the front.
        let time: UInt64
    }

    /// Takes in what has arrived; false where the connection is broken.
    func receive(now: Instant, _ completed: (Completed) -> Void) -> Bool {
        if hasUnsentBytes { _ = flush() }
        let isAlive = PQconsumeInput(handle) == 1
        while let request = pending.first, !isBroken, PQisBusy(handle) == 0, answer.emptyReads < 4 {
            guard let result = PQgetResult(handle) else {
                answer.emptyReads += 1
                if isRunningScript { finishScript(request, now: now, completed) }
                continue
            }
            answer.emptyReads = 0
            if take(result) { finishHead(request, now: now, completed) }
        }
        answer.emptyReads = 0
        return isAlive && !isBroken && PQstatus(handle) == CONNECTION_OK
    }

    /// Takes one result in; true where it is the synchronisation point behind the statement.
    private func take(_ result: OpaquePointer) -> Bool {
        switch PQresultStatus(result) {
        case PGRES_PIPELINE_SYNC:
            PQclear(result)
            return true
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            if answer.isPreparing {
                answer.isPreparing = false
                PQclear(result)
            } else {
                PQclear(answer.result)
                answer.result = result
            }
        case PGRES_PIPELINE_ABORTED:
            PQclear(result)
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            PQclear(result)
            // libpq would answer the same again and again: only the end of the connection ends a COPY here.
            answer.error = answer.error ?? PostgresError(.unsupported, "COPY is not supported: use INSERT or SELECT")
            isBroken = true
        default:
            if answer.error == nil { answer.error = PostgresError(failed: result) }
            PQclear(result)
        }
        return false
    }

    private func finishHead(_ request: Request, now: Instant, _ completed: (Completed) -> Void) {
        _ = pending.popFirst()
        let time = now.since(headSince)
        let result = answer.result
        let error = answer.error
        if answer.isPreparing, error != nil, let profile = request.profile {
            _ = prepared.remove(profile.identifier)
        }
        answer = Answer()
        if let next = pending.first { beginAnswer(to: next, now: now) }
        let outcome: Result<PostgresResult, PostgresError>
        if let error {
            PQclear(result)
            outcome = .failure(error)
        } else if let result {
            outcome = .success(PostgresResult(ResultStorage(result)))
        } else {
            outcome = .failure(PostgresError(.connectionLost, "the server gave no answer"))
        }
        completed(Completed(request: request, outcome: outcome, time: time))
    }

    /// Ends a script: back to pipeline mode, then the answer.
    private func finishScript(_ request: Request, now: Instant, _ completed: (Completed) -> Void) {
        isRunningScript = false
        if PQenterPipelineMode(handle) != 1, answer.error == nil { answer.error = lostError }
        finishHead(request, now: now, completed)
    }

    /// The statements that a broken connection leaves behind; each must be answered.
    func abandon() -> (sent: [Request], unsent: [Request], error: PostgresError) {
        var error = lostError
        if let last = answer.error {
            let code = isBroken ? last.code : .connectionLost
            error = PostgresError(code, last.message, sqlState: last.sqlState, detail: last.detail)
        }
        PQclear(answer.result)
        answer = Answer()
        return (pending.removeAll(), backlog.removeAll(), error)
    }
}
