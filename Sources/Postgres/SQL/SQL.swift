/// A statement with its values apart from its text.
///
/// `"SELECT … WHERE id = \(id)"` binds `id` as `$1`; a value never becomes text of the statement. The text is the key
/// of the cache of prepared statements, so the same literal is parsed once a connection. Values go untyped and
/// PostgreSQL infers their types from where they stand (enum columns included); where it cannot, write a cast:
/// `\(name)::text`.
package struct SQL: Sendable {
    /// The statement with placeholders, `$1` on.
    package private(set) var text: String
    var values: PostgresEncoder
    /// Where each placeholder starts in `text`, in UTF-8 bytes.
    private var placeholders: [Int]

    /// How many values the statement binds.
    package var parameterCount: Int { placeholders.count }

    private init(text: String) {
        self.text = text
        values = PostgresEncoder()
        placeholders = []
    }

    /// A statement from text that the program made itself; never from a user's input.
    package init(unsafe text: String) {
        self.init(text: text)
    }

    mutating func append(literal: String) {
        text += literal
    }

    mutating func append(value: some PostgresEncodable) {
        values.begin()
        value.encode(into: &values)
        values.end()
        appendPlaceholder()
    }

    /// Appends another statement's text and values, its placeholders counted on from ours.
    mutating func append(fragment: SQL) {
        let bytes = fragment.text.utf8
        var start = bytes.startIndex
        for (number, offset) in fragment.placeholders.enumerated() {
            let place = bytes.index(bytes.startIndex, offsetBy: offset)
            text += fragment.text[start..<place]
            appendPlaceholder()
            start = bytes.index(place, offsetBy: "$\(number + 1)".utf8.count)
        }
        text += fragment.text[start...]
        values.append(fragment.values)
    }

    private mutating func appendPlaceholder() {
        placeholders.append(text.utf8.count)
        text += "$"
        text += String(placeholders.count)
    }
}

extension SQL: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(text: value)
    }
}
