package import FoundationEssentials

extension String: PostgresEncodable, PostgresDecodable {
    package func encode(into encoder: inout PostgresEncoder) {
        encoder.write(self)
    }

    package static func decode(_ cell: PostgresCell) throws -> String {
        cell.text
    }
}

extension Substring: PostgresEncodable {
    package func encode(into encoder: inout PostgresEncoder) {
        encoder.write(utf8)
    }
}

extension UUID: PostgresEncodable, PostgresDecodable {
    package func encode(into encoder: inout PostgresEncoder) {
        encoder.write(uuidString)
    }

    package static func decode(_ cell: PostgresCell) throws -> UUID {
        guard let value = UUID(uuidString: cell.text) else { throw cell.mismatch(UUID.self) }
        return value
    }
}
