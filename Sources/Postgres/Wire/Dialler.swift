import CPostgres

/// Opens connections; libpq looks host names up with blocking calls, so this runs in threads of its own.
struct Dialler: Sendable {
    let url: String

    /// A connection that is set up and in pipeline mode. Blocks; throws `.connectionLost`.
    func connect() throws(PostgresError) -> Line {
        // Values in the URL win over these (libpq manual, PQconnectdbParams: a later source overrides).
        let options = [
            ("connect_timeout", "10"), ("application_name", "slipway"), ("tcp_user_timeout", "30000"),
            ("keepalives_idle", "30"), ("dbname", url), ("client_encoding", "UTF8"),
        ]
        var encoder = PostgresEncoder()
        for (keyword, _) in options { encoder.append(argument: keyword) }
        encoder.appendNull()
        for (_, value) in options { encoder.append(argument: value) }
        encoder.appendNull()
        let handle = encoder.withPointers { _, arguments in
            PQconnectdbParams(arguments, arguments?.advanced(by: options.count + 1), 1)
        }
        guard let handle else { throw PostgresError(.system, "libpq has no memory for a connection") }
        do {
            try prepare(handle)
        } catch {
            PQfinish(handle)
            throw error
        }
        return Line(handle: handle)
    }

    private func prepare(_ handle: OpaquePointer) throws(PostgresError) {
        guard PQstatus(handle) == CONNECTION_OK else {
            throw PostgresError(
                .connectionLost, "no connection: \(PostgresError.text(of: PQerrorMessage(handle)))")
        }
        // Without this, libpq prints notices to standard error.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        // Dates, intervals and bytes are decoded from these forms alone, whatever the role's own settings are.
        let settings = """
            SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601'; SET bytea_output = 'hex';
            SET extra_float_digits = 1
            """
        let result = PQexec(handle, settings)
        defer { PQclear(result) }
        guard let result, PQresultStatus(result) == PGRES_COMMAND_OK else {
            throw PostgresError(
                .connectionLost,
                "the connection could not be set up: \(PostgresError.text(of: PQerrorMessage(handle)))")
        }
        guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else {
            throw PostgresError(
                .connectionLost, "the connection took no pipeline mode; a server of version 9.6 or newer does")
        }
    }

    /// A connection on its way from the thread that opened it to the one that keeps it.
    ///
    /// `@unchecked Sendable`: it is handed over once and the first thread keeps no copy.
    struct Line: @unchecked Sendable {
        let handle: OpaquePointer

        /// Closes a connection that nobody took.
        func hangUp() {
            PQfinish(handle)
        }
    }
}

extension PostgresEncoder {
    fileprivate mutating func append(argument: String) {
        begin()
        write(argument)
        end()
    }

    fileprivate mutating func appendNull() {
        begin()
        writeNull()
        end()
    }
}
