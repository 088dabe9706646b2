extension Switchboard {
    /// Sends a statement and waits for its answer; the task's cancellation cancels it on the server.
    func perform(_ kind: Request.Kind, _ sql: SQL) async throws -> PostgresResult {
        try check(sql)
        let request = Request(kind, sql)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                submit(request, continuation)
            }
        } onCancel: {
            post(.cancel(request))
        }
    }

    /// As `perform`, whatever becomes of the task.
    func performShielded(_ kind: Request.Kind, _ sql: SQL) async throws -> PostgresResult {
        try check(sql)
        return try await withCheckedThrowingContinuation { continuation in
            submit(Request(kind, sql), continuation)
        }
    }

    /// Waits for a connection; the task's cancellation ends the wait.
    func acquire() async throws -> PostgresConnection {
        let request = Request(.lease, "")
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if !post(.submit(request, .lease(continuation))) { continuation.resume(throwing: PostgresError.closed) }
            }
        } onCancel: {
            post(.cancel(request))
        }
    }

    private func submit(_ request: Request, _ continuation: CheckedContinuation<PostgresResult, any Error>) {
        if !post(.submit(request, .statement(continuation))) { continuation.resume(throwing: PostgresError.closed) }
    }

    private func check(_ sql: SQL) throws {
        guard !sql.values.holdsZero else {
            throw PostgresError(
                .encoding, "a text holds the character U+0000, which PostgreSQL cannot store: remove it")
        }
        // The protocol counts them in 16 bits (PostgreSQL manual, 55.7, Bind).
        guard sql.parameterCount <= 65_535 else {
            throw PostgresError(
                .encoding, "a statement binds \(sql.parameterCount) values and 65535 is the most: bind an array instead"
            )
        }
    }
}
