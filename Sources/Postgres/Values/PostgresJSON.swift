/// JSON as text, for columns of type `jsonb` or `json`; PostgreSQL checks that it is JSON.
package struct PostgresJSON: Hashable, Sendable {
    package var text: String

    package init(_ text: String) {
        self.text = text
    }
}

extension PostgresJSON: PostgresEncodable, PostgresDecodable {
    package func encode(into encoder: inout PostgresEncoder) {
        encoder.write(text)
    }

    package static func decode(_ cell: PostgresCell) throws -> PostgresJSON {
        PostgresJSON(cell.text)
    }
}
