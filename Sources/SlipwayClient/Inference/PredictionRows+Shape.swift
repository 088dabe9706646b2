import SlipwayAPI

extension PredictionRows {
    /// The shape of the request's tensor: the first dimension counts the rows, the others hold a row's values; one of
    /// these may be free.
    static func shape(of rows: [[JSONValue]], for input: InferenceMetadata.Tensor) throws -> [Int] {
        let declared = "input \(input.name) of shape \(input.shape)"
        guard let length = rows.first?.count else {
            throw ClientError(.usage, "no values were given for \(declared)")
        }
        if input.shape.count == 1 {
            // A vector has no rows: all values follow one another.
            return try filled([rows.reduce(0) { $0 + $1.count }], into: input.shape, declared: declared)
        }
        guard let batch = input.shape.first else {
            throw ClientError(.usage, "\(declared) takes a single value; give a whole request with --request FILE")
        }
        if let odd = rows.firstIndex(where: { $0.count != length }) {
            throw ClientError(.usage, "row 1 has \(length) values, but row \(odd + 1) has \(rows[odd].count)")
        }
        guard batch < 0 || batch == rows.count else {
            throw ClientError(.usage, "\(declared) takes \(batch) rows; \(rows.count) were given")
        }
        let inner = Array(input.shape.dropFirst())
        let known = inner.filter { $0 >= 0 }.reduce(1, *)
        switch inner.count(where: { $0 < 0 }) {
        case 0:
            guard known == length else {
                throw ClientError(.usage, "\(declared) takes \(known) values a row; \(length) were given")
            }
            return [rows.count] + inner
        case 1:
            guard known > 0, length.isMultiple(of: known) else {
                throw ClientError(.usage, "\(declared) takes a multiple of \(known) values a row; \(length) were given")
            }
            return [rows.count] + inner.map { $0 < 0 ? length / known : $0 }
        default:
            throw ClientError(
                .usage, "\(declared) leaves open how a row is laid out; give a whole request with --request FILE")
        }
    }

    private static func filled(_ shape: [Int], into wanted: [Int], declared: String) throws -> [Int] {
        guard zip(shape, wanted).allSatisfy({ $1 < 0 || $0 == $1 }) else {
            throw ClientError(.usage, "\(declared) does not fit the \(shape[0]) values that were given")
        }
        return shape
    }
}
