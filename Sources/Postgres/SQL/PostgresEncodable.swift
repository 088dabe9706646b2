/// A value that can be bound to a statement.
package protocol PostgresEncodable {
    /// Writes the value's text form, as PostgreSQL reads it.
    func encode(into encoder: inout PostgresEncoder)

    /// Writes a list of such values; by default as an array, `{"…","…"}`.
    static func encode(list: [Self], into encoder: inout PostgresEncoder)
}

extension PostgresEncodable {
    package static func encode(list: [Self], into encoder: inout PostgresEncoder) {
        ArrayText.encode(list, into: &encoder)
    }
}

/// Enums with text behind them go as that text, which PostgreSQL reads as the column's enum.
extension PostgresEncodable where Self: RawRepresentable, RawValue == String {
    package func encode(into encoder: inout PostgresEncoder) {
        encoder.write(rawValue)
    }
}
