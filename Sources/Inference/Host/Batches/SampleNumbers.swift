internal import SlipwayCore

/// Numbers that look random and are the same each time, for trying models out (SplitMix64).
struct SampleNumbers {
    private var state: UInt64 = 0x5EED

    /// A tensor for an input; nil for text, and for one with more elements than `most`.
    mutating func tensor(_ input: TensorSpecification, rows: Int, free: Int, most: Int) -> Tensor? {
        let shape = [rows] + input.shape.dropFirst().map { $0 < 0 ? free : $0 }
        guard let count = TensorSpecification.elements(of: shape, most: most) else { return nil }
        let values: TensorValues
        switch input.type {
        case .bool: values = .bool(make(count) { $0 & 1 == 1 })
        case .uint8: values = .uint8(make(count) { UInt8($0 % 3) })
        case .uint16: values = .uint16(make(count) { UInt16($0 % 3) })
        case .uint32: values = .uint32(make(count) { UInt32($0 % 3) })
        case .uint64: values = .uint64(make(count) { $0 % 3 })
        case .int8: values = .int8(make(count) { Int8($0 % 3) })
        case .int16: values = .int16(make(count) { Int16($0 % 3) })
        case .int32: values = .int32(make(count) { Int32($0 % 3) })
        case .int64: values = .int64(make(count) { Int64($0 % 3) })
        case .float16: values = .float16(make(count) { Float16(Self.fraction($0)) })
        case .float32: values = .float32(make(count) { Float(Self.fraction($0)) })
        case .float64: values = .float64(make(count, Self.fraction))
        case .string: return nil
        }
        return Tensor(name: input.name, shape: shape, values: values)
    }

    /// From -1 to 1.
    private static func fraction(_ bits: UInt64) -> Double {
        Double(bits >> 11) / Double(1 << 52) - 1
    }

    private mutating func make<Element>(_ count: Int, _ element: (UInt64) -> Element) -> [Element] {
        (0..<count).map { _ in element(next() >> 3) }
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension TensorSpecification {
    /// The number of elements of a shape; nil where there are more than `most`.
    static func elements(of shape: [Int], most: Int) -> Int? {
        var count = 1
        for size in shape {
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: size)
            guard !isTooLarge, product >= 0 else { return nil }
            count = product
        }
        return count <= most ? count : nil
    }
}
