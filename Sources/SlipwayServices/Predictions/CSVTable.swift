package import NIOCore
import SlipwayCore

/// Rows of a CSV file (RFC 4180) that arrives in pieces.
package struct CSVTable: Sendable {
    private let featureNames: [String]?
    private let takesText: Bool
    /// Whether the first line names the columns; nil leaves it to what the line holds.
    private let hasHeader: Bool?
    private var parser = CSVParser()
    private var builder = PredictionTable.Builder()
    private var names: [String]?
    private var line = 0
    private var rowCount = 0
    private var width = 0
    private var oddRow: PredictionTable.OddRow?

    package init(for card: ModelCard, hasHeader: Bool? = nil) {
        self.init(featureNames: card.featureNames, takesText: card.takesText, hasHeader: hasHeader)
    }

    init(featureNames: [String]?, takesText: Bool, hasHeader: Bool? = nil) {
        self.featureNames = featureNames
        self.takesText = takesText
        self.hasHeader = hasHeader
    }

    /// - Throws: `SlipwayError` of code `invalid` that names the line at fault, or `tooLarge`.
    package mutating func read(_ bytes: ByteBuffer) throws {
        try bytes.withUnsafeReadableBytes { bytes in
            for byte in bytes where try parser.accept(byte) { try take() }
        }
    }

    /// The rows, once the last piece has been read.
    ///
    /// - Throws: `SlipwayError` of code `invalid` for a file that ends within quotes.
    package mutating func request(isRaw: Bool = false, outputs: [String]? = nil) throws -> PredictionRequest {
        if try parser.finish() { try take() }
        let table = PredictionTable(builder.cells, rowCount: rowCount, rowShape: [width], oddRow: oddRow)
        return PredictionRequest(.rows(table, names: names), isRaw: isRaw, outputs: outputs)
    }

    /// Takes the record that the parser has just completed.
    private mutating func take() throws {
        line += 1
        let cells = parser.cells
        parser.clear()
        if line == 1, hasHeader ?? looksLikeHeader(cells) {
            names = cells.map(\.text)
            width = cells.count
            return
        }
        if rowCount == 0, names == nil { width = cells.count }
        if cells.count != width, oddRow == nil {
            oddRow = PredictionTable.OddRow(row: rowCount, count: cells.count)
        }
        rowCount += 1
        for cell in cells {
            if !takesText, let number = cell.number {
                try builder.append(number)
            } else {
                try builder.append(.text(cell.text))
            }
        }
    }

    /// Where all inputs are numbers, a line with anything else names the columns; where some are text, only a line with
    /// one of the columns' names does.
    private func looksLikeHeader(_ cells: [CSVParser.Cell]) -> Bool {
        if let featureNames, !Set(featureNames).isDisjoint(with: cells.map(\.text)) { return true }
        return !takesText && cells.contains { $0.number == nil }
    }
}
