import NIOCore
import SlipwayCore
import SlipwayServices

/// What a model said as CSV (RFC 4180): a line for each row, a column for each value of each output.
struct PredictionCSV {
    private let prediction: Prediction
    private let rowCount: Int

    /// - Throws: `SlipwayError` of code `unsupported` where the outputs do not have the same number of rows.
    init(_ prediction: Prediction) throws {
        let counts = Set(prediction.outputs.map { $0.shape.first ?? 1 })
        guard counts.count == 1, let rowCount = counts.first else {
            throw SlipwayError(
                .unsupported, "The model's outputs do not have a row each for a row; ask for JSON, or for one output.")
        }
        self.prediction = prediction
        self.rowCount = rowCount
    }

    func body() -> ByteBuffer {
        var body = ByteBuffer()
        var columns = prediction.outputs.flatMap(names)
        if prediction.labels != nil { columns.append("labels") }
        body.writeString(columns.map(Self.cell).joined(separator: ",") + "\r\n")
        let texts = prediction.outputs.map(Self.texts)
        for row in 0..<rowCount {
            var cells: [String] = []
            for values in texts {
                let width = rowCount == 0 ? 0 : values.count / rowCount
                cells += values[(row * width)..<((row + 1) * width)]
            }
            if let labels = prediction.labels { cells.append(labels.indices.contains(row) ? labels[row] : "") }
            body.writeString(cells.map(Self.cell).joined(separator: ",") + "\r\n")
        }
        return body
    }

    /// One name for an output of one value a row; further values are numbered from 0.
    private func names(_ output: Tensor) -> [String] {
        let width = output.shape.dropFirst().reduce(1, *)
        guard output.shape.count > 1, width != 1 else { return [output.name] }
        return (0..<width).map { "\(output.name)_\($0)" }
    }

    private static func texts(_ output: Tensor) -> [String] {
        func numbers<Value: BinaryFloatingPoint & CustomStringConvertible>(_ values: [Value]) -> [String] {
            // An empty cell is a missing number.
            values.map { $0.isNaN ? "" : $0.description }
        }
        return switch output.values {
        case .bool(let values): values.map(\.description)
        case .uint8(let values): values.map(\.description)
        case .uint16(let values): values.map(\.description)
        case .uint32(let values): values.map(\.description)
        case .uint64(let values): values.map(\.description)
        case .int8(let values): values.map(\.description)
        case .int16(let values): values.map(\.description)
        case .int32(let values): values.map(\.description)
        case .int64(let values): values.map(\.description)
        case .float16(let values): numbers(values)
        case .float32(let values): numbers(values)
        case .float64(let values): numbers(values)
        case .string(let values): values.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    private static func cell(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
