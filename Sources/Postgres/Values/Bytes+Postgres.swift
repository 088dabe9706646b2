package import FoundationEssentials

/// `bytea` in its hexadecimal form, `\x…` (PostgreSQL manual, 8.4.1).
extension Data: PostgresEncodable, PostgresDecodable {
    package func encode(into encoder: inout PostgresEncoder) {
        encoder.write(Hexadecimal.text(of: self))
    }

    package static func decode(_ cell: PostgresCell) throws -> Data {
        guard let bytes = Hexadecimal.bytes(of: cell.utf8) else { throw cell.mismatch(Data.self) }
        return Data(bytes)
    }
}

/// A lone byte is a small number; a list of bytes is `bytea`, not an array of numbers.
extension UInt8: PostgresEncodable, PostgresDecodable {
    package static func encode(list: [UInt8], into encoder: inout PostgresEncoder) {
        encoder.write(Hexadecimal.text(of: list))
    }

    package static func decodeList(_ cell: PostgresCell) throws -> [UInt8] {
        guard let bytes = Hexadecimal.bytes(of: cell.utf8) else { throw cell.mismatch([UInt8].self) }
        return bytes
    }
}
