/// A value that can be read from a cell of a result.
package protocol PostgresDecodable {
    /// Reads a cell that is not NULL; throws `PostgresError` `.decoding`.
    static func decode(_ cell: PostgresCell) throws -> Self

    /// Answers for a cell that is NULL; throws by default.
    static func decodeNull(column: String) throws -> Self

    /// Reads a list of such values; by default an array of one dimension.
    static func decodeList(_ cell: PostgresCell) throws -> [Self]
}

extension PostgresDecodable {
    package static func decodeNull(column: String) throws -> Self {
        throw PostgresError(
            .decoding, "column \"\(column)\" is NULL, which \(Self.self) cannot hold: decode \(Self.self)? instead")
    }

    package static func decodeList(_ cell: PostgresCell) throws -> [Self] {
        try ArrayText.decode(cell)
    }
}

/// Enums with text behind them are read from PostgreSQL's enums and texts.
extension PostgresDecodable where Self: RawRepresentable, RawValue == String {
    package static func decode(_ cell: PostgresCell) throws -> Self {
        guard let value = Self(rawValue: cell.text) else { throw cell.mismatch(Self.self) }
        return value
    }
}
