import CPostgres

extension PostgresError {
    /// Reads the error fields of a failed result; the result stays the caller's.
    init(failed result: OpaquePointer) {
        func field(_ name: Unicode.Scalar) -> String? {
            // The PG_DIAG_… macros are these characters (libpq, PQresultErrorField).
            PQresultErrorField(result, Int32(name.value)).map { String(cString: $0) }
        }
        let state = field("C")
        let severity = field("V") ?? field("S")
        let message = field("M") ?? Self.text(of: PQresultErrorMessage(result))
        let code: Code =
            if severity == "FATAL" || severity == "PANIC" || state?.hasPrefix("08") == true {
                .connectionLost
            } else {
                .server
            }
        self.init(code, message, sqlState: state, detail: field("D"), constraint: field("n"))
    }
}

extension PostgresError {
    /// libpq's own words on a connection, in one line.
    static func text(of message: UnsafeMutablePointer<CChar>?) -> String {
        guard let message else { return "" }
        return String(cString: message).split(whereSeparator: { $0.isNewline || $0 == "\t" }).joined(separator: " ")
    }
}

extension String {
    /// The text without white space at its end; libpq's messages end in a line break.
    var trimmedAtEnd: String {
        var rest = self[...]
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
