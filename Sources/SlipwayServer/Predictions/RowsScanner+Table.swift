import HTTPTypes
import Inference
import SlipwayCore
import SlipwayServices

extension RowsScanner {
    /// Reads rows: arrays of values, arrays of arrays to any shape, one flat array, one bare value, or objects of named
    /// values.
    ///
    /// - Parameter field: The member's name, for errors.
    /// - Returns: The table, and for objects the names of its columns.
    mutating func table(_ field: String) throws -> (table: PredictionTable, names: [String]?) {
        var builder = PredictionTable.Builder()
        if try value(into: &builder) {
            return (PredictionTable(builder.cells, rowCount: 1, rowShape: [1], isFlat: true), nil)
        }
        try expect("[", "to open \(field)")
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): return try namedRows(field)
        case UInt8(ascii: "["): return (try rows(field), nil)
        default: return (try flatRow(field), nil)
        }
    }

    private mutating func flatRow(_ field: String) throws -> PredictionTable {
        var builder = PredictionTable.Builder()
        if skip("]") { return PredictionTable(builder.cells, rowCount: 0, rowShape: [0], isFlat: true) }
        let width = try values(into: &builder, field)
        return PredictionTable(builder.cells, rowCount: 1, rowShape: [width], isFlat: true)
    }

    private mutating func rows(_ field: String) throws -> PredictionTable {
        var builder = PredictionTable.Builder()
        var rowShape: [Int] = []
        var rowCount = 0
        var oddRow: PredictionTable.OddRow?
        repeat {
            skipSpace()
            let shape = try array(into: &builder, field, depth: 1)
            if rowCount == 0 {
                rowShape = shape
            } else if shape != rowShape, oddRow == nil {
                guard shape.count == 1, rowShape.count == 1 else {
                    throw refusal("\(field)[\(rowCount)]", "has the shape \(shape), and row 0 the shape \(rowShape)")
                }
                oddRow = PredictionTable.OddRow(row: rowCount, count: shape[0])
            }
            rowCount += 1
        } while skip(",")
        try expect("]", "or “,” after a row of \(field)")
        return PredictionTable(builder.cells, rowCount: rowCount, rowShape: rowShape, oddRow: oddRow)
    }

    /// Reads an array of values, or of arrays of one shape.
    ///
    /// - Returns: Its shape.
    private mutating func array(
        into builder: inout PredictionTable.Builder, _ field: String, depth: Int
    ) throws -> [Int] {
        guard depth <= Self.depthLimit else {
            throw Problem(.badRequest, "The arrays in \(field) nest deeper than \(Self.depthLimit).")
        }
        try expect("[", "to open a row of \(field)")
        if skip("]") { return [0] }
        guard current == UInt8(ascii: "[") else { return [try values(into: &builder, field)] }
        var inner: [Int] = []
        var count = 0
        repeat {
            skipSpace()
            let shape = try array(into: &builder, field, depth: depth + 1)
            if count == 0 { inner = shape }
            guard shape == inner else {
                throw refusal(field, "has nested arrays of different lengths, \(inner) and \(shape)")
            }
            count += 1
        } while skip(",")
        try expect("]", "or “,” in \(field)")
        return [count] + inner
    }

    /// Reads values up to and with the closing bracket; returns how many.
    @inline(__always)
    private mutating func values(into builder: inout PredictionTable.Builder, _ field: String) throws -> Int {
        var count = 0
        while true {
            skipSpace()
            guard try value(into: &builder) else { throw unexpected("a value in \(field), as before it") }
            count += 1
            skipSpace()
            switch current {
            case UInt8(ascii: ","): offset += 1
            case UInt8(ascii: "]"):
                offset += 1
                return count
            default: throw unexpected("“]” or “,” after a value of \(field)")
            }
        }
    }

    private mutating func namedRows(_ field: String) throws -> (table: PredictionTable, names: [String]) {
        var rows = NamedRows(field: field)
        repeat {
            skipSpace()
            try rows.beginRow()
            try members("a row of \(field)") { scanner, name in
                guard scanner.current != UInt8(ascii: "[") else { return try scanner.list(name, into: &rows) }
                try rows.beginValue(name)
                guard try scanner.value(into: &rows.builder) else {
                    throw scanner.unexpected("a value, or a list of values, for “\(name)”")
                }
            }
        } while skip(",")
        try expect("]", "or “,” after a row of \(field)")
        return try rows.table()
    }

    /// Reads a list as the columns `NAME_0`, `NAME_1`, ….
    private mutating func list(_ name: String, into rows: inout NamedRows) throws {
        try expect("[", "to open “\(name)”")
        guard !skip("]") else { return }
        var index = 0
        repeat {
            skipSpace()
            try rows.beginValue(Preprocessing.column(index, of: name))
            guard try value(into: &rows.builder) else { throw unexpected("a value in the list “\(name)”") }
            index += 1
        } while skip(",")
        try expect("]", "or “,” after a value of “\(name)”")
    }

    func refusal(_ path: String, _ message: String) -> Problem {
        Problem(SlipwayError(.invalid, "The rows cannot be read.", faults: [FieldFault(path: path, message: message)]))
    }
}
