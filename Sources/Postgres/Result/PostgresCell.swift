/// One cell that is not NULL, in PostgreSQL's text form; valid only while it is being decoded.
package struct PostgresCell {
    /// The text's UTF-8 bytes.
    package let utf8: UnsafeBufferPointer<UInt8>
    private let origin: Origin

    /// Where the column's name is found; it is read for messages alone.
    private enum Origin {
        case result(ResultStorage, Int)
        case named(String)
    }

    init(utf8: UnsafeBufferPointer<UInt8>, columnOf result: ResultStorage, at column: Int) {
        self.utf8 = utf8
        origin = .result(result, column)
    }

    init(utf8: UnsafeBufferPointer<UInt8>, column: String) {
        self.utf8 = utf8
        origin = .named(column)
    }

    /// The column's name, for messages.
    package var column: String {
        switch origin {
        case .result(let storage, let column): storage.columnName(column)
        case .named(let name): name
        }
    }

    /// The cell as a string.
    package var text: String { String(decoding: utf8, as: UTF8.self) }

    /// The error that says that this cell does not hold a `type`.
    package func mismatch(_ type: Any.Type) -> PostgresError {
        let shown = text.prefix(60)
        return PostgresError(.decoding, "column \"\(column)\" holds \"\(shown)\", which is no \(type)")
    }
}
