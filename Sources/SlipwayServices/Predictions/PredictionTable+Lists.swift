extension PredictionTable {
    /// The table with NaN where a row's lists are shorter than the model's.
    ///
    /// - Parameters:
    ///   - names: Of the columns.
    ///   - lists: Columns that a row may lack.
    /// - Throws: `SlipwayError` of code `tooLarge`.
    func padded(_ names: [String], lists: [String]) throws -> (table: PredictionTable, names: [String]) {
        guard !lists.isEmpty, names.count == width, rowShape.count == 1 else { return (self, names) }
        let known = Set(names)
        let missing = lists.filter { !known.contains($0) }
        try Builder.check(rows: rowCount, columns: names.count + missing.count)
        let optional = Set(lists)
        let mayLack = names.map(optional.contains)
        var values: [PredictionValue] = []
        values.reserveCapacity(rowCount * (names.count + missing.count))
        for row in 0..<rowCount {
            for column in names.indices {
                let value =
                    switch cells {
                    case .numbers(let numbers): PredictionValue.number(numbers[row * names.count + column])
                    case .values(let mixed): mixed[row * names.count + column]
                    }
                values.append(value == .absent && mayLack[column] ? .number(.nan) : value)
            }
            for _ in missing { values.append(.number(.nan)) }
        }
        var padded = self
        padded.cells = .values(values)
        padded.rowShape = [names.count + missing.count]
        return (padded, names + missing)
    }
}
