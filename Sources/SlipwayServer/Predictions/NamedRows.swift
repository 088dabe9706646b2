import HTTPTypes
import SlipwayCore
import SlipwayServices

/// Rows that are objects, put into columns as they are read.
struct NamedRows {
    /// Columns that rows may have between them: more would make a table of holes.
    private static let mostNames = 100_000

    let field: String
    /// The values in the order in which they stand.
    var builder = PredictionTable.Builder()
    private var names: [String] = []
    private var places: [String: Int] = [:]
    /// The column of each value; empty while every row has the first one's names in the first one's order.
    private var columns: [Int32] = []
    private var isRegular = true
    /// Where each row's values begin.
    private var starts: [Int] = []
    private var count = 0

    init(field: String) {
        self.field = field
    }

    mutating func beginRow() throws {
        // A row that has fewer values than the columns before it is no longer regular.
        if starts.count > 0, isRegular, count != starts.count * names.count { becomeIrregular() }
        starts.append(count)
    }

    /// A value of this name comes next.
    mutating func beginValue(_ name: String) throws {
        let index = count - (starts.last ?? 0)
        count += 1
        if isRegular {
            if index < names.count, names[index] == name { return }
            if starts.count == 1, places[name] == nil {
                places[name] = names.count
                names.append(name)
                return
            }
            count -= 1
            becomeIrregular()
            count += 1
        }
        let row = starts.count - 1
        let column = places[name] ?? names.count
        if column == names.count {
            guard names.count < Self.mostNames else {
                throw Problem(.contentTooLarge, "The rows in \(field) have more than \(Self.mostNames) names.")
            }
            places[name] = column
            names.append(name)
        }
        guard !columns[starts[row]...].contains(Int32(column)) else {
            throw Problem(
                SlipwayError(
                    .invalid, "The rows cannot be read.",
                    faults: [FieldFault(path: "\(field)[\(row)]", value: name, message: "has “\(name)” twice")]))
        }
        columns.append(Int32(column))
    }

    /// The table with a hole where a row does not have a column.
    ///
    /// - Throws: `SlipwayError` of code `tooLarge`.
    func table() throws -> (table: PredictionTable, names: [String]) {
        try PredictionTable.Builder.check(rows: starts.count, columns: names.count)
        var rows = self
        if isRegular, count != starts.count * names.count { rows.becomeIrregular() }
        return (
            PredictionTable(rows.cells, rowCount: starts.count, rowShape: [names.count]), names
        )
    }

    private var cells: PredictionTable.Cells {
        guard !isRegular else { return builder.cells }
        var values = [PredictionValue](repeating: .absent, count: starts.count * names.count)
        let given = builder.cells
        for (row, start) in starts.enumerated() {
            let end = row + 1 < starts.count ? starts[row + 1] : count
            for index in start..<end {
                values[row * names.count + Int(columns[index])] =
                    switch given {
                    case .numbers(let numbers): .number(numbers[index])
                    case .values(let mixed): mixed[index]
                    }
            }
        }
        return .values(values)
    }

    /// Writes out the columns of the values so far, which stood in the first row's order.
    private mutating func becomeIrregular() {
        isRegular = false
        columns.reserveCapacity(count)
        for (row, start) in starts.enumerated() {
            let end = row + 1 < starts.count ? starts[row + 1] : count
            for index in start..<end { columns.append(Int32(index - start)) }
        }
    }
}
