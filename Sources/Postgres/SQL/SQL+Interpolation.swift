extension SQL: ExpressibleByStringInterpolation {
    /// Collects literals as text and interpolated values as binds.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var sql: SQL

        package init(literalCapacity: Int, interpolationCount: Int) {
            sql = ""
        }

        package mutating func appendLiteral(_ literal: String) {
            sql.append(literal: literal)
        }

        /// Binds `value`.
        package mutating func appendInterpolation(_ value: some PostgresEncodable) {
            sql.append(value: value)
        }

        /// Binds `value`, or NULL.
        package mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            sql.append(value: value)
        }

        /// Inserts a part of a statement together with its values.
        package mutating func appendInterpolation(_ fragment: SQL) {
            sql.append(fragment: fragment)
        }

        /// Inserts text as it is: for names that the program chose itself, never for input.
        package mutating func appendInterpolation(unsafe text: String) {
            sql.append(literal: text)
        }
    }

    package init(stringInterpolation: Interpolation) {
        self = stringInterpolation.sql
    }
}
