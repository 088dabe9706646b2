import SlipwayCore

extension ElementType {
    var isFloating: Bool {
        switch self {
        case .float16, .float32, .float64: true
        case .bool, .uint8, .uint16, .uint32, .uint64, .int8, .int16, .int32, .int64, .string: false
        }
    }

    var isNumeric: Bool { self != .bool && self != .string }
}

extension TensorValues {
    /// Samples of a picture as elements of a type; whole numbers are rounded.
    ///
    /// - Throws: `SlipwayError` of code `unsupported` where the scaling leaves the type's range.
    init(rounding samples: [Float], to type: ElementType) throws {
        func whole<Value: FixedWidthInteger>(_ wrap: ([Value]) -> TensorValues) throws -> TensorValues {
            wrap(
                try samples.map { sample in
                    guard let value = Value(exactly: sample.rounded()) else {
                        throw SlipwayError(
                            .unsupported,
                            "The scaling in the model's params.json makes \(sample) of a sample, and its input is "
                                + "\(type.rawValue).")
                    }
                    return value
                })
        }
        self =
            switch type {
            case .float16: .float16(samples.map { Float16($0) })
            case .float32: .float32(samples)
            case .float64: .float64(samples.map(Double.init))
            case .uint8: try whole(TensorValues.uint8)
            case .uint16: try whole(TensorValues.uint16)
            case .uint32: try whole(TensorValues.uint32)
            case .uint64: try whole(TensorValues.uint64)
            case .int8: try whole(TensorValues.int8)
            case .int16: try whole(TensorValues.int16)
            case .int32: try whole(TensorValues.int32)
            case .int64: try whole(TensorValues.int64)
            case .bool, .string:
                throw SlipwayError(.unsupported, "A picture cannot become \(type.rawValue).")
            }
    }
}
