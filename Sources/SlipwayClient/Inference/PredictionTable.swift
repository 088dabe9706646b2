package import SlipwayAPI

extension PredictionAnswer {
    /// The outputs for people: a column each and a line for every row, or, where the outputs do not have a value for
    /// each row, a line for each output.
    package func text() -> String {
        let names = outputs.keys.sorted()
        let rows = names.compactMap { name -> [JSONValue]? in
            guard case .array(let rows)? = outputs[name], rows.count == predictions.count else { return nil }
            return rows
        }
        guard rows.count == names.count, !predictions.isEmpty else {
            return names.map { "\($0): \(Self.line(outputs[$0] ?? .null))\n" }.joined()
        }
        let labels = labels.flatMap { $0.count == predictions.count ? $0 : nil }
        var table = Table((names + (labels == nil ? [] : ["class"])).map { .init(TerminalText.plain($0)) })
        for row in predictions.indices {
            table.append(rows.map { Self.line($0[row]) } + (labels.map { [TerminalText.plain($0[row])] } ?? []))
        }
        return table.text()
    }

    /// All values of nested lists, one after another.
    private static func line(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): TerminalText.plain(value)
        case .array(let values): values.map(line).joined(separator: ", ")
        case .object: "\(value)"
        }
    }
}
