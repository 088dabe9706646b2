import SlipwayCore

/// Turns a table's cells into the elements of an input.
struct CellConversion {
    let type: ElementType
    /// Path of the cell with this index among those converted.
    let path: (Int) -> String

    /// - Throws: `SlipwayError` of code `invalid` that names the first cell that does not fit the type.
    func values(_ cells: PredictionTable.Cells) throws -> TensorValues {
        switch type {
        case .float32: .float32(try floats(cells) { Float($0) })
        case .float64: .float64(try floats(cells) { $0 })
        case .float16: .float16(try floats(cells) { Float16($0) })
        case .uint8: .uint8(try integers(cells))
        case .uint16: .uint16(try integers(cells))
        case .uint32: .uint32(try integers(cells))
        case .uint64: .uint64(try integers(cells))
        case .int8: .int8(try integers(cells))
        case .int16: .int16(try integers(cells))
        case .int32: .int32(try integers(cells))
        case .int64: .int64(try integers(cells))
        case .bool: .bool(try elements(cells, Self.bool))
        case .string: .string(try elements(cells, Self.string))
        }
    }

    /// Numbers for the scaling of the training; truth, which files of events have too, is 1 or 0.
    func numbers(_ cells: PredictionTable.Cells) throws -> [Double] {
        guard case .values(let values) = cells else { return try floats(cells) { $0 } }
        let numbers = values.map { value in
            if case .bool(let truth) = value { PredictionValue.number(truth ? 1 : 0) } else { value }
        }
        return try floats(.values(numbers)) { $0 }
    }

    @inline(__always)
    private func floats<Value: BinaryFloatingPoint>(
        _ cells: PredictionTable.Cells, _ round: (Double) -> Value
    ) throws -> [Value] {
        guard case .numbers(let numbers) = cells else {
            return try elements(cells) { value in
                Self.number(value).flatMap { number in
                    let rounded = round(number)
                    return rounded.isInfinite && number.isFinite ? nil : rounded
                }
            }
        }
        let rounded = numbers.map(round)
        // A pass of its own over what is nearly always clean costs less than a branch an element above.
        if let index = rounded.indices.first(where: { rounded[$0].isInfinite && numbers[$0].isFinite }) {
            throw refusal(index, .number(numbers[index]))
        }
        return rounded
    }

    private func integers<Value: FixedWidthInteger>(_ cells: PredictionTable.Cells) throws -> [Value] {
        try elements(cells) { value in
            switch value {
            case .number(let number): Value(exactly: number)
            case .integer(let integer): Value(exactly: integer)
            case .unsigned(let integer): Value(exactly: integer)
            case .text(let text): Value(text) ?? Double(text).flatMap { Value(exactly: $0) }
            case .bool, .string, .absent: nil
            }
        }
    }

    private func elements<Element>(
        _ cells: PredictionTable.Cells, _ convert: (PredictionValue) -> Element?
    ) throws -> [Element] {
        var elements: [Element] = []
        elements.reserveCapacity(cells.count)
        func append(_ index: Int, _ value: PredictionValue) throws {
            guard let element = convert(value) else { throw refusal(index, value) }
            elements.append(element)
        }
        switch cells {
        case .numbers(let numbers): for (index, number) in numbers.enumerated() { try append(index, .number(number)) }
        case .values(let values): for (index, value) in values.enumerated() { try append(index, value) }
        }
        return elements
    }

    private static func number(_ value: PredictionValue) -> Double? {
        switch value {
        case .number(let number): number
        case .integer(let integer): Double(integer)
        case .unsigned(let integer): Double(integer)
        // What tables are written with where a value is missing.
        case .text(let text): text.isEmpty ? .nan : Double(text)
        case .bool, .string, .absent: nil
        }
    }

    private static func bool(_ value: PredictionValue) -> Bool? {
        switch value {
        case .bool(let bool): bool
        case .number(0), .integer(0): false
        case .number(1), .integer(1): true
        case .text(let text):
            switch text.lowercased() {
            case "true", "1": true
            case "false", "0": false
            default: nil
            }
        case .number, .integer, .unsigned, .string, .absent: nil
        }
    }

    private static func string(_ value: PredictionValue) -> [UInt8]? {
        switch value {
        case .string(let text), .text(let text): Array(text.utf8)
        case .number, .integer, .unsigned, .bool, .absent: nil
        }
    }

    private func refusal(_ index: Int, _ value: PredictionValue) -> SlipwayError {
        let path = path(index)
        let shown = value.shown
        return SlipwayError(
            .invalid, "A value does not fit the model.",
            faults: [
                FieldFault(path: path, value: shown, message: "must be \(wanted) (\(type.rawValue)), not \(shown)")
            ])
    }

    private var wanted: String {
        switch type {
        case .bool: "true or false"
        case .uint8, .uint16, .uint32, .uint64: "a whole number from 0 on that fits \(bits) bits"
        case .int8, .int16, .int32, .int64: "a whole number that fits \(bits) bits"
        case .float16, .float32, .float64: "a number that fits \(bits) bits"
        case .string: "text"
        }
    }

    private var bits: Int {
        switch type {
        case .uint8, .int8: 8
        case .uint16, .int16, .float16: 16
        case .uint32, .int32, .float32: 32
        case .uint64, .int64, .float64: 64
        case .bool, .string: 0
        }
    }
}

extension PredictionValue {
    /// The value as a message shows it.
    fileprivate var shown: String {
        switch self {
        case .number(let number): number.isNaN ? "null" : Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        case .integer(let integer): "\(integer)"
        case .unsigned(let integer): "\(integer)"
        case .bool(let bool): "\(bool)"
        case .string(let text): "the text “\(text.prefix(60))”"
        case .text(let text): text.isEmpty ? "an empty cell" : "“\(text.prefix(60))”"
        case .absent: "absent"
        }
    }
}
