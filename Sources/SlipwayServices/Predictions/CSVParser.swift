import SlipwayCore

/// Takes the bytes of a CSV file one by one; a record is complete at its line's end.
struct CSVParser {
    struct Cell {
        let bytes: [UInt8]
        let isQuoted: Bool

        var text: String { String(decoding: bytes, as: UTF8.self) }

        /// An empty cell is a missing number; nil for what is none.
        var number: Double? {
            if bytes.isEmpty { return isQuoted ? nil : .nan }
            return bytes.withUnsafeBytes { DecimalText.double($0[...]) }
        }
    }

    private enum State {
        case start
        case plain
        case quoted
        /// A quote within quotes: the end, or with another one a quote.
        case quoteInQuotes
        /// After a carriage return, which only a line feed may follow.
        case carriageReturn
    }

    private static let longestCell = 1 << 20
    private static let mostCells = 1 << 20
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private(set) var cells: [Cell] = []
    private var state = State.start
    private var bytes: [UInt8] = []
    private var line = 1
    private var position = 0

    /// - Returns: Whether a record is complete: `cells` has it until `clear`.
    mutating func accept(_ byte: UInt8) throws -> Bool {
        position += 1
        // Some programs write a mark of the byte order before UTF-8.
        if position <= 3, bytes.count == position - 1, byte == Self.mark[position - 1] {
            bytes.append(byte)
            if position == 3 { bytes = [] }
            state = position == 3 ? .start : .plain
            return false
        }
        switch state {
        case .start where byte == UInt8(ascii: "\""): state = .quoted
        case .start, .plain: return try acceptPlain(byte)
        case .quoted:
            if byte == UInt8(ascii: "\"") { state = .quoteInQuotes } else { try append(byte) }
            if byte == UInt8(ascii: "\n") { line += 1 }
        case .quoteInQuotes:
            switch byte {
            case UInt8(ascii: "\""):
                try append(byte)
                state = .quoted
            case UInt8(ascii: ","): try endCell(isQuoted: true)
            case UInt8(ascii: "\n"): return try endRecord(isQuoted: true)
            case UInt8(ascii: "\r"):
                try endCell(isQuoted: true)
                state = .carriageReturn
            default: throw refusal("has text after a quoted cell; a quote within one is written twice")
            }
        case .carriageReturn:
            guard byte == UInt8(ascii: "\n") else { throw refusal("has a carriage return that ends no line") }
            return endLine()
        }
        return false
    }

    private mutating func acceptPlain(_ byte: UInt8) throws -> Bool {
        switch byte {
        case UInt8(ascii: ","): try endCell(isQuoted: false)
        case UInt8(ascii: "\n"):
            return try endRecord(isQuoted: false)
        case UInt8(ascii: "\r"):
            if !(cells.isEmpty && bytes.isEmpty) { try endCell(isQuoted: false) }
            state = .carriageReturn
        case UInt8(ascii: "\""): throw refusal("has a quote within a cell that does not begin with one")
        default:
            try append(byte)
            state = .plain
        }
        return false
    }

    /// - Returns: Whether a last record without a line's end is complete.
    mutating func finish() throws -> Bool {
        switch state {
        case .quoted: throw refusal("ends within quotes")
        case .start where cells.isEmpty: return false
        case .start, .plain: try endCell(isQuoted: false)
        case .quoteInQuotes: try endCell(isQuoted: true)
        case .carriageReturn: break
        }
        return !cells.isEmpty
    }

    mutating func clear() { cells.removeAll(keepingCapacity: true) }

    private mutating func append(_ byte: UInt8) throws {
        guard bytes.count < Self.longestCell else { throw refusal("has a cell of more than \(Self.longestCell) bytes") }
        bytes.append(byte)
    }

    private mutating func endCell(isQuoted: Bool) throws {
        guard cells.count < Self.mostCells else { throw refusal("has more than \(Self.mostCells) cells") }
        cells.append(Cell(bytes: bytes, isQuoted: isQuoted))
        bytes.removeAll(keepingCapacity: true)
        state = .start
    }

    private mutating func endRecord(isQuoted: Bool) throws -> Bool {
        // A line with nothing in it is none.
        if !cells.isEmpty || !bytes.isEmpty || isQuoted { try endCell(isQuoted: isQuoted) }
        return endLine()
    }

    private mutating func endLine() -> Bool {
        line += 1
        state = .start
        return !cells.isEmpty
    }

    private func refusal(_ problem: String) -> SlipwayError {
        SlipwayError(
            .invalid, "The body is not CSV.", faults: [FieldFault(path: "line \(line)", message: problem)])
    }
}
