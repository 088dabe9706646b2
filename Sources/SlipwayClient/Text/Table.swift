/// Lines with aligned columns.
package struct Table: Sendable {
    package struct Column: Sendable {
        package var title: String
        package var isNumber: Bool

        package init(_ title: String, isNumber: Bool = false) {
            self.title = title
            self.isNumber = isNumber
        }
    }

    private let columns: [Column]
    private var rows: [(cells: [String], style: Style)] = []

    package init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a line; cells that are missing at its end are empty.
    package mutating func append(_ cells: [String], style: Style = .plain) {
        rows.append((cells.map(TerminalText.plain), style))
    }

    /// The table with a line of titles. Numbers stand at the right of their column; no line ends in spaces.
    package func text(colored: Bool = false) -> String {
        let widths = columns.indices.map { index in
            max(columns[index].title.count, rows.map { cell(index, $0.cells).count }.max() ?? 0)
        }
        let titles = line(columns.map(\.title), widths)
        return
            ([Style.bold.applied(to: titles, colored: colored)]
            + rows.map { $0.style.applied(to: line($0.cells, widths), colored: colored) })
            .map { $0 + "\n" }.joined()
    }

    private func cell(_ index: Int, _ cells: [String]) -> String { index < cells.count ? cells[index] : "" }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = columns.indices.map { index in
            let text = cell(index, cells)
            let space = String(repeating: " ", count: widths[index] - text.count)
            return columns[index].isNumber ? space + text : text + space
        }
        let line = padded.joined(separator: "  ")
        return line.trimmingTrailingSpaces()
    }
}
