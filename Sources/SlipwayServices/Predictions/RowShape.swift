import SlipwayCore

/// Fits the rows of a table to the dimensions of a model's row.
struct RowShape {
    /// The dimensions of one row; -1 where any size goes.
    let wanted: [Int]
    /// The columns' names, for messages.
    let names: [String]?

    /// The dimensions of the table's rows, with what was free filled in.
    ///
    /// - Throws: `SlipwayError` of code `invalid` that names the row and what the model wants.
    func of(_ table: PredictionTable, field: String) throws -> [Int] {
        guard table.rowCount > 0 else { throw refusal(field, "has no rows; at least one is wanted") }
        let isFree = wanted.contains { $0 < 0 }
        let width = wanted.filter { $0 >= 0 }.reduce(1, *)
        if table.rowShape.count > 1, let shape = nested(table) { return shape }
        guard table.rowShape.count == 1 || (table.rowShape.isEmpty && wanted.isEmpty) else {
            throw refusal(
                "\(field)[0]", "has the shape \(table.rowShape); the model wants rows of the shape \(wanted)")
        }
        if !isFree, table.width != width { throw wrongWidth(table.isFlat ? field : "\(field)[0]", table.width, width) }
        if let odd = table.oddRow {
            throw wrongWidth("\(field)[\(odd.row)]", odd.count, isFree ? table.width : width)
        }
        guard isFree else { return wanted }
        guard wanted.count(where: { $0 < 0 }) == 1 else {
            throw refusal(
                "\(field)[0]", "must be nested arrays: the shape \(wanted) leaves open how its values are laid out")
        }
        guard width > 0, table.width.isMultiple(of: width) else {
            throw refusal("\(field)[0]", "has \(table.width) values; the model wants a multiple of \(width)")
        }
        return wanted.map { $0 < 0 ? table.width / width : $0 }
    }

    private func nested(_ table: PredictionTable) -> [Int]? {
        let fits =
            table.rowShape.count == wanted.count && table.oddRow == nil
            && zip(table.rowShape, wanted).allSatisfy { $1 < 0 || $0 == $1 }
        return fits ? table.rowShape : nil
    }

    private func wrongWidth(_ path: String, _ count: Int, _ width: Int) -> SlipwayError {
        let columns = names.map { ": \(NameList.text($0))" } ?? ""
        return refusal(path, "has \(count) \(count == 1 ? "value" : "values"); the model wants \(width)\(columns)")
    }

    private func refusal(_ path: String, _ message: String) -> SlipwayError {
        SlipwayError(
            .invalid, "The rows do not fit the model.", faults: [FieldFault(path: path, message: message)])
    }
}
