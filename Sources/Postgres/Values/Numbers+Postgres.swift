extension Bool: PostgresEncodable, PostgresDecodable {
    package func encode(into encoder: inout PostgresEncoder) {
        encoder.write(CollectionOfOne(UInt8(ascii: self ? "t" : "f")))
    }

    package static func decode(_ cell: PostgresCell) throws -> Bool {
        switch cell.text {
        case "t", "true": true
        case "f", "false": false
        default: throw cell.mismatch(Bool.self)
        }
    }
}

extension PostgresEncodable where Self: FixedWidthInteger {
    package func encode(into encoder: inout PostgresEncoder) {
        encoder.write(String(self))
    }
}

extension PostgresDecodable where Self: FixedWidthInteger {
    package static func decode(_ cell: PostgresCell) throws -> Self {
        guard let value = Self(cell.text) else { throw cell.mismatch(Self.self) }
        return value
    }
}

extension Int: PostgresEncodable, PostgresDecodable {}
extension Int16: PostgresEncodable, PostgresDecodable {}
extension Int32: PostgresEncodable, PostgresDecodable {}
extension Int64: PostgresEncodable, PostgresDecodable {}

extension Double: PostgresEncodable, PostgresDecodable {
    package func encode(into encoder: inout PostgresEncoder) {
        encoder.write(isNaN ? "NaN" : isInfinite ? (self < 0 ? "-Infinity" : "Infinity") : String(self))
    }

    package static func decode(_ cell: PostgresCell) throws -> Double {
        guard let value = Double(cell.text) else { throw cell.mismatch(Double.self) }
        return value
    }
}

extension Float: PostgresEncodable, PostgresDecodable {
    package func encode(into encoder: inout PostgresEncoder) {
        Double(self).encode(into: &encoder)
    }

    package static func decode(_ cell: PostgresCell) throws -> Float {
        guard let value = Float(cell.text) else { throw cell.mismatch(Float.self) }
        return value
    }
}
