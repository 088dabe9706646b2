import Foundation
import SlipwayAPI

/// What the library that trained a model says of a sample: `expected.json` of the examples.
struct KnownPrediction: Decodable, Sendable {
    var inputs: [KnownTensor]
    var outputs: [KnownTensor]

    static func read(from task: TestTask) async throws -> KnownPrediction {
        try await task.server.get("\(task.path)/files/attempts/1/output/expected.json").decoded()
    }

    /// The inputs' first row as JSON numbers, flat.
    var firstRow: [Double] { inputs[0].row(0) }

    /// The one output, a row after another.
    var values: [Double] { outputs[0].data }
}

/// A tensor as the Open Inference Protocol writes it.
struct KnownTensor: Codable, Sendable {
    var name: String
    var shape: [Int]
    var datatype: String
    var data: [Double]

    var rows: Int { shape[0] }

    func row(_ index: Int) -> [Double] {
        let width = data.count / rows
        return Array(data[index * width..<(index + 1) * width])
    }

    /// The rows as nested lists of their own shape.
    func nested() -> JSONValue { Self.nest(data[...], shape[...]) }

    private static func nest(_ data: ArraySlice<Double>, _ shape: ArraySlice<Int>) -> JSONValue {
        guard let count = shape.first else { return .number(data[data.startIndex]) }
        let width = data.count / max(count, 1)
        return .array(
            (0..<count).map { index in
                let start = data.startIndex + index * width
                return nest(data[start..<start + width], shape.dropFirst())
            })
    }
}

extension JSONValue {
    /// Every number within, in order.
    var numbers: [Double] {
        switch self {
        case .integer(let value): [Double(value)]
        case .number(let value): [value]
        case .array(let elements): elements.flatMap(\.numbers)
        case .object(let members): members.sorted { $0.key < $1.key }.flatMap(\.value.numbers)
        case .null, .bool, .string: []
        }
    }
}

/// The largest difference, absolute or relative; infinite where there are more values of one than of the other.
func difference(_ found: [Double], _ wanted: [Double]) -> Double {
    guard found.count == wanted.count else { return .infinity }
    return zip(found, wanted).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
}
