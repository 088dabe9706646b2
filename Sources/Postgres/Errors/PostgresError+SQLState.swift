/// Classes of SQLSTATE that callers decide by (PostgreSQL manual, appendix A).
extension PostgresError {
    /// A row with the same key exists: 23505.
    package var isUniqueViolation: Bool { sqlState == "23505" }
    /// A referenced row does not exist, or is still referenced: 23503.
    package var isForeignKeyViolation: Bool { sqlState == "23503" }
    /// A CHECK constraint refused the row: 23514.
    package var isCheckViolation: Bool { sqlState == "23514" }
    /// Another transaction got in the way; the whole transaction may be tried again: 40001, 40P01.
    package var isSerializationFailure: Bool { sqlState == "40001" || sqlState == "40P01" }
    /// The database cannot be reached now and may be later.
    package var isUnavailable: Bool { code == .connectionLost || code == .poolClosed }
}
