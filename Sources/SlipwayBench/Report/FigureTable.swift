/// Figures in columns, as text.
struct FigureTable: Sendable {
    private var rows: [[String]] = []

    mutating func add(_ figures: [Figure], of part: String) {
        for (index, figure) in figures.enumerated() {
            rows.append([index == 0 ? part : "", figure.what, figure.valueText, figure.unit, figure.bound])
        }
    }

    var text: String {
        let all = [["part", "figure", "value", "unit", "measured over"]] + rows
        let widths = (0..<5).map { column in all.map { $0[column].count }.max() ?? 0 }
        var lines = all.map { row in
            row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return column == 2 ? space + cell : column == 4 ? cell : cell + space
            }.joined(separator: "  ")
        }
        lines.insert(widths.map { String(repeating: "-", count: $0) }.joined(separator: "  "), at: 1)
        return lines.map { $0 + "\n" }.joined()
    }
}
