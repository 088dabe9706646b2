/// One row of a result; its cells are decoded by type when they are asked for.
package struct PostgresRow: Sendable {
    let storage: ResultStorage
    let index: Int

    /// The value in the column of that name; `T` may be an optional.
    ///
    /// Throws `.decoding` where there is no such column, or it holds something else, or NULL for a `T` without it.
    package func decode<T: PostgresDecodable>(_ column: String, as type: T.Type = T.self) throws -> T {
        guard let position = storage.column(named: column) else {
            let names = (0..<storage.columnCount).map { storage.columnName($0) }
            throw PostgresError(
                .decoding, "the result has no column \"\(column)\"; it has \(names.joined(separator: ", "))")
        }
        return try storage.decode(row: index, column: position)
    }

    /// The value in the column at that place, counted from 0; `T` may be an optional.
    package func decode<T: PostgresDecodable>(at column: Int, as type: T.Type = T.self) throws -> T {
        guard (0..<storage.columnCount).contains(column) else {
            throw PostgresError(.decoding, "the result has no column \(column); it has \(storage.columnCount)")
        }
        return try storage.decode(row: index, column: column)
    }
}
