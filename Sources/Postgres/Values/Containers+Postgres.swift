/// nil is NULL.
extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    package func encode(into encoder: inout PostgresEncoder) {
        switch self {
        case .some(let value): value.encode(into: &encoder)
        case .none: encoder.writeNull()
        }
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    package static func decode(_ cell: PostgresCell) throws -> Wrapped? {
        try Wrapped.decode(cell)
    }

    package static func decodeNull(column: String) throws -> Wrapped? {
        nil
    }
}

/// An array of one dimension; of bytes, `bytea`.
extension Array: PostgresEncodable where Element: PostgresEncodable {
    package func encode(into encoder: inout PostgresEncoder) {
        Element.encode(list: self, into: &encoder)
    }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    package static func decode(_ cell: PostgresCell) throws -> [Element] {
        try Element.decodeList(cell)
    }
}
