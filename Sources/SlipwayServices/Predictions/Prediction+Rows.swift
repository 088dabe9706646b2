import SlipwayCore

extension Prediction {
    /// The numbers of the first output for the first row.
    ///
    /// - Throws: `SlipwayError` of code `unsupported` where the output is text, or there is none.
    package func firstRow() throws -> [Float] {
        guard let output = outputs.first else {
            throw SlipwayError(.unsupported, "The model gives no output.")
        }
        let width = output.shape.count > 1 ? output.shape.dropFirst().reduce(1, *) : 1
        guard let numbers = output.values.floats(upTo: width) else {
            throw SlipwayError(
                .unsupported,
                "The output “\(output.name)” of \(version.name) is \(output.type.rawValue); numbers are wanted here.")
        }
        return numbers
    }
}

extension TensorValues {
    /// The first elements as `Float`; nil for text.
    package func floats(upTo count: Int) -> [Float]? {
        switch self {
        case .bool(let values): values.prefix(count).map { $0 ? 1 : 0 }
        case .uint8(let values): values.prefix(count).map(Float.init)
        case .uint16(let values): values.prefix(count).map(Float.init)
        case .uint32(let values): values.prefix(count).map(Float.init)
        case .uint64(let values): values.prefix(count).map(Float.init)
        case .int8(let values): values.prefix(count).map(Float.init)
        case .int16(let values): values.prefix(count).map(Float.init)
        case .int32(let values): values.prefix(count).map(Float.init)
        case .int64(let values): values.prefix(count).map(Float.init)
        case .float16(let values): values.prefix(count).map(Float.init)
        case .float32(let values): Array(values.prefix(count))
        case .float64(let values): values.prefix(count).map { Float($0) }
        case .string: nil
        }
    }
}
