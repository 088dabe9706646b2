/// What went wrong between this process and PostgreSQL.
package struct PostgresError: Error, Sendable {
    /// The kind of failure; new kinds may be added.
    package let code: Code
    /// The five characters of SQLSTATE, when the server gave one (PostgreSQL manual, appendix A).
    package let sqlState: String?
    /// What was wrong and, where it is known, what would be right.
    package let message: String
    /// The server's DETAIL line.
    package let detail: String?
    /// The constraint that refused the row.
    package let constraint: String?
    /// The error behind this one.
    package let underlying: (any Error)?

    package init(
        _ code: Code,
        _ message: String,
        sqlState: String? = nil,
        detail: String? = nil,
        constraint: String? = nil,
        underlying: (any Error)? = nil
    ) {
        self.code = code
        self.sqlState = sqlState
        self.message = message
        self.detail = detail
        self.constraint = constraint
        self.underlying = underlying
    }
}

extension PostgresError: CustomStringConvertible {
    package var description: String {
        var text = "\(code): \(message)"
        if let sqlState { text += " (SQLSTATE \(sqlState))" }
        if let constraint { text += " [constraint \(constraint)]" }
        if let underlying { text += "; because: \(underlying)" }
        return text
    }
}
