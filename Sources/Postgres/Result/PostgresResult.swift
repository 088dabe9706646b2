/// The rows that a statement answered with.
package struct PostgresResult: Sendable, RandomAccessCollection {
    private let storage: ResultStorage

    init(_ storage: ResultStorage) {
        self.storage = storage
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { storage.rowCount }

    package subscript(position: Int) -> PostgresRow {
        precondition(indices.contains(position), "row \(position) of \(storage.rowCount)")
        return PostgresRow(storage: storage, index: position)
    }

    /// How many rows the statement inserted, updated, deleted or selected.
    package var affectedRows: Int { storage.affectedRows }

    /// The command's tag, as `INSERT 0 1` or `ROLLBACK`.
    package var commandTag: String { storage.commandTag }
}
