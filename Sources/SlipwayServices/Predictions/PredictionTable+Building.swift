import SlipwayCore

extension PredictionTable {
    /// A table's cells while they are read: numbers alone until something else comes.
    package struct Builder: Sendable {
        /// Values that one request may have.
        package static let mostCells = 8 << 20

        private var numbers: [Double] = []
        private var values: [PredictionValue] = []
        private var isMixed = false

        package init() {}

        package var count: Int { isMixed ? values.count : numbers.count }

        package var cells: Cells { isMixed ? .values(values) : .numbers(numbers) }

        /// - Throws: `SlipwayError` of code `tooLarge`.
        package mutating func append(_ number: Double) throws {
            guard !isMixed else { return try append(.number(number)) }
            guard numbers.count < Self.mostCells else { throw Self.tooMany }
            numbers.append(number)
        }

        /// - Throws: `SlipwayError` of code `tooLarge`.
        package mutating func append(_ value: PredictionValue) throws {
            if !isMixed {
                values = numbers.map(PredictionValue.number)
                numbers = []
                isMixed = true
            }
            guard values.count < Self.mostCells else { throw Self.tooMany }
            values.append(value)
        }

        /// Refuses a table that would be too large with its holes filled.
        ///
        /// - Throws: `SlipwayError` of code `tooLarge`.
        package static func check(rows: Int, columns: Int) throws {
            let (cells, isBeyondMeasure) = rows.multipliedReportingOverflow(by: columns)
            guard !isBeyondMeasure, cells <= mostCells else { throw tooMany }
        }

        private static var tooMany: SlipwayError {
            SlipwayError(
                .tooLarge,
                "The request has more than \(mostCells) values; send it in parts, or as a bulk prediction.")
        }
    }
}
