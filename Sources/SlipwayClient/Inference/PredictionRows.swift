package import Foundation
import SlipwayAPI

/// Rows of values from the command line, made into the request of the Open Inference Protocol.
package struct PredictionRows: Sendable {
    private let rows: [[JSONValue]]
    private let input: InferenceMetadata.Tensor
    private let shape: [Int]

    /// Each argument is a row of values with commas between them; one that ends in a comma goes on in the next.
    /// Brackets around a row are taken away.
    ///
    /// Throws `ClientError` with code `usage` when the rows do not fit the model's only input.
    package init(_ arguments: [String], for metadata: InferenceMetadata) throws {
        guard metadata.inputs.count == 1, let input = metadata.inputs.first else {
            throw ClientError(
                .usage,
                "model \(metadata.name) has \(metadata.inputs.count) inputs ("
                    + metadata.inputs.map(\.name).joined(separator: ", ")
                    + "); give a whole request with --request FILE")
        }
        let rows = try Self.joined(arguments).map { try Self.values(in: $0, datatype: input.datatype) }
        self.input = input
        self.rows = rows
        shape = try Self.shape(of: rows, for: input)
    }

    /// The JSON to post to `infer`.
    package func request() throws -> Data {
        try WireJSON.encoder().encode(
            JSONValue.object([
                "inputs": .array([
                    .object([
                        "name": .string(input.name), "datatype": .string(input.datatype),
                        "shape": .array(shape.map { .integer(Int64($0)) }), "data": .array(rows.flatMap(\.self)),
                    ])
                ])
            ]))
    }

    private static func joined(_ arguments: [String]) -> [String] {
        var rows: [String] = []
        for argument in arguments {
            if let last = rows.last, last.hasSuffix(",") {
                rows[rows.count - 1] = last + argument
            } else {
                rows.append(argument)
            }
        }
        return rows
    }

    private static func values(in row: String, datatype: String) throws -> [JSONValue] {
        var row = row.trimmingCharacters(in: .whitespaces)[...]
        if row.hasPrefix("["), row.hasSuffix("]") { row = row.dropFirst().dropLast() }
        return try row.split(separator: ",", omittingEmptySubsequences: false).map { text in
            try value(text.trimmingCharacters(in: .whitespaces), datatype: datatype)
        }
    }

    private static func value(_ text: String, datatype: String) throws -> JSONValue {
        switch datatype {
        case "BYTES":
            return .string(text)
        case "BOOL":
            if text == "true" || text == "1" { return .bool(true) }
            if text == "false" || text == "0" { return .bool(false) }
            throw ClientError(.usage, "“\(text)” is neither true nor false, and the model takes BOOL")
        case _ where datatype.hasPrefix("FP") || datatype.hasPrefix("BF"):
            if let number = Double(text), number.isFinite { return .number(number) }
            throw ClientError(.usage, "“\(text)” is not a number, and the model takes \(datatype)")
        default:
            if let number = Int64(text) { return .integer(number) }
            throw ClientError(.usage, "“\(text)” is not a whole number, and the model takes \(datatype)")
        }
    }
}
