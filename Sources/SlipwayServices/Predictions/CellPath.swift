/// Where a cell of a table stood in the request.
struct CellPath {
    let field: String
    /// The table as it was given.
    let table: PredictionTable
    /// Values in a row, as the model sees rows.
    let width: Int
    /// The columns' names, where the caller gave them.
    let names: [String]?
    /// For each of the model's columns the table's.
    let places: [Int]?

    /// The path of the cell with this index among the arranged ones, such as `rows[3].alcohol` or `rows[3][2]`.
    func text(_ index: Int) -> String {
        guard width > 0 else { return field }
        let column = places?[index % width] ?? index % width
        if table.isFlat { return "\(field)[\(width == 1 ? index : column)]" }
        let row = "\(field)[\(index / width)]"
        if let names, names.indices.contains(column) { return "\(row).\(names[column])" }
        if table.rowShape.isEmpty { return row }
        // Nested arrays: the place at each depth.
        var rest = column
        let places = table.rowShape.reversed().map { size in
            defer { rest /= max(size, 1) }
            return "[\(rest % max(size, 1))]"
        }
        return row + places.reversed().joined()
    }
}
