/// Rows of values, one after another.
package struct PredictionTable: Sendable, Hashable {
    /// The values of all rows, row by row.
    package enum Cells: Sendable, Hashable {
        /// Numbers alone: the usual case, kept without a tag for each. NaN stands for `null`.
        case numbers([Double])
        case values([PredictionValue])

        package var count: Int {
            switch self {
            case .numbers(let numbers): numbers.count
            case .values(let values): values.count
            }
        }
    }

    /// A row that is not as long as the first.
    package struct OddRow: Sendable, Hashable {
        /// Counts from 0.
        package var row: Int
        package var count: Int

        package init(row: Int, count: Int) {
            self.row = row
            self.count = count
        }
    }

    package var cells: Cells
    package var rowCount: Int
    /// The size of each dimension within a row: `[width]` for plain rows, more where rows hold nested arrays.
    package var rowShape: [Int]
    /// The values stood in one array with no rows in it: one row, or one value for each of many.
    package var isFlat: Bool
    /// The first row that differs from row 0 in length; such tables never reach a model.
    package var oddRow: OddRow?

    package init(
        _ cells: Cells, rowCount: Int, rowShape: [Int], isFlat: Bool = false, oddRow: OddRow? = nil
    ) {
        self.cells = cells
        self.rowCount = rowCount
        self.rowShape = rowShape
        self.isFlat = isFlat
        self.oddRow = oddRow
    }

    /// One row of numbers.
    package init(row numbers: [Double]) {
        self.init(.numbers(numbers), rowCount: 1, rowShape: [numbers.count], isFlat: true)
    }

    /// Values in a row, those of nested arrays one after another.
    package var width: Int { rowShape.reduce(1, *) }
}
