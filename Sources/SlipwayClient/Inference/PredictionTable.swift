import SlipwayAPI

extension InferenceAnswer {
    /// The outputs for people: a column each and a line for every row, or, where the outputs do not have the same
    /// number of rows, a line for each output.
    package func text() -> String {
        let flat = outputs.map { output in Self.leaves(of: output.data).map { Self.text(of: $0, output.datatype) } }
        let counts = Set(outputs.map { $0.shape.first ?? 1 })
        if counts.count == 1, let rows = counts.first, rows > 0, flat.allSatisfy({ $0.count.isMultiple(of: rows) }) {
            var table = Table(outputs.map { .init($0.name) })
            for row in 0..<rows {
                table.append(
                    flat.map { values in
                        let width = values.count / rows
                        return values[(row * width)..<((row + 1) * width)].joined(separator: ", ")
                    })
            }
            return table.text()
        }
        return zip(outputs, flat)
            .map { "\($0.name) \($0.datatype) \($0.shape): \($1.joined(separator: ", "))\n" }
            .joined()
    }

    private static func leaves(of value: JSONValue) -> [JSONValue] {
        switch value {
        case .array(let values): values.flatMap(leaves(of:))
        case .null, .bool, .integer, .number, .string, .object: [value]
        }
    }

    /// As short as the datatype's precision allows.
    private static func text(of value: JSONValue, _ datatype: String) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): datatype == "FP32" ? "\(Float(value))" : "\(value)"
        case .string(let value): TerminalText.plain(value)
        case .array, .object: "\(value)"
        }
    }
}
