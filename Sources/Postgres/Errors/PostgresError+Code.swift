extension PostgresError {
    /// The kind of a `PostgresError`; a struct, so that new kinds break nobody's `switch`.
    package struct Code: Hashable, Sendable, CustomStringConvertible {
        package let description: String

        private init(_ description: String) {
            self.description = description
        }

        /// The server refused the statement; `sqlState` says why.
        package static let server = Self("server")
        /// The connection broke, or none could be had within the time limit.
        ///
        /// Whether a statement that was on its way took effect is not known.
        package static let connectionLost = Self("connectionLost")
        /// The client has been shut down.
        package static let poolClosed = Self("poolClosed")
        /// The calling task was cancelled.
        package static let cancelled = Self("cancelled")
        /// A cell does not hold what the caller asked for.
        package static let decoding = Self("decoding")
        /// A value cannot be sent to PostgreSQL.
        package static let encoding = Self("encoding")
        /// A transaction that its scope wanted to commit was rolled back.
        package static let rolledBack = Self("rolledBack")
        /// The schema and the migrations of this program do not fit together.
        package static let migration = Self("migration")
        /// The private server could not be set up, started or stopped.
        package static let embedded = Self("embedded")
        /// The statement asks for something that this module does not do, as COPY.
        package static let unsupported = Self("unsupported")
        /// The operating system refused a thread, a file or a process.
        package static let system = Self("system")
    }
}
