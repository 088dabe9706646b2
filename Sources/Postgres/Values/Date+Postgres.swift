package import FoundationEssentials

/// `timestamptz`, to the microsecond; `timestamp` and `date` are read as UTC.
extension Date: PostgresEncodable, PostgresDecodable {
    package func encode(into encoder: inout PostgresEncoder) {
        encoder.write(TimestampText.text(of: self))
    }

    package static func decode(_ cell: PostgresCell) throws -> Date {
        guard let date = TimestampText.date(of: cell.utf8) else { throw cell.mismatch(Date.self) }
        return date
    }
}
