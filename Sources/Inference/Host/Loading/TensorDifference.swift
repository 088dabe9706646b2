internal import SlipwayCore

/// Compares what a model gave with what it should have given.
enum TensorDifference {
    /// Says where a tensor first differs; nil where nowhere. Numbers that are no number (NaN) equal each other.
    ///
    /// - Parameters:
    ///   - tolerance: |found − wanted| ≤ tolerance · max(scale, |wanted|) is no difference.
    ///   - scale: What numbers of the tensor are like.
    static func first(found: Tensor, wanted: Tensor, tolerance: Double, scale: Double = 1) -> String? {
        guard found.shape == wanted.shape else {
            return "the output \"\(wanted.name)\" has the shape \(found.shape), wanted \(wanted.shape)"
        }
        guard found.values.count == wanted.values.count else {
            return "the output \"\(wanted.name)\" has \(found.values.count) elements, wanted \(wanted.values.count)"
        }
        let index: Int?
        switch (found.values, wanted.values) {
        case (.float32(let found), .float32(let wanted)): index = position(found, wanted, tolerance, scale)
        case (.string(let found), .string(let wanted)):
            index = zip(found, wanted).enumerated().first { $1.0 != $1.1 }?.offset
        case (.string, _), (_, .string):
            return "the output \"\(wanted.name)\" is \(found.type.rawValue), wanted \(wanted.type.rawValue)"
        default: index = position(found.values.numbers, wanted.values.numbers, tolerance, scale)
        }
        return index.map { index in
            "the output \"\(wanted.name)\" is \(found.values.text(at: index)) at \(place(index, wanted.shape)), "
                + "wanted \(wanted.values.text(at: index)) (tolerance \(tolerance))"
        }
    }

    private static func position<Number: BinaryFloatingPoint>(
        _ found: [Number], _ wanted: [Number], _ tolerance: Double, _ scale: Double
    ) -> Int? {
        for index in found.indices where found[index] != wanted[index] {
            let (found, wanted) = (Double(found[index]), Double(wanted[index]))
            if found.isNaN, wanted.isNaN { continue }
            // Written so that a lone NaN or an infinity differs.
            let isNear = (found - wanted).magnitude <= tolerance * max(scale, wanted.magnitude)
            if !isNear || found.isInfinite || wanted.isInfinite { return index }
        }
        return nil
    }

    /// An element's index in each dimension.
    private static func place(_ index: Int, _ shape: [Int]) -> [Int] {
        var rest = index
        var place: [Int] = []
        for size in shape.reversed() {
            place.insert(rest % size, at: 0)
            rest /= size
        }
        return place
    }
}

extension TensorValues {
    /// The largest of the numbers without their signs; 0 for text.
    var largestMagnitude: Double {
        numbers.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    }

    /// The elements as numbers; none for text.
    fileprivate var numbers: [Double] {
        switch self {
        case .bool(let values): values.map { $0 ? 1 : 0 }
        case .uint8(let values): values.map(Double.init)
        case .uint16(let values): values.map(Double.init)
        case .uint32(let values): values.map(Double.init)
        case .uint64(let values): values.map(Double.init)
        case .int8(let values): values.map(Double.init)
        case .int16(let values): values.map(Double.init)
        case .int32(let values): values.map(Double.init)
        case .int64(let values): values.map(Double.init)
        case .float16(let values): values.map(Double.init)
        case .float32(let values): values.map(Double.init)
        case .float64(let values): values
        case .string: []
        }
    }

    fileprivate func text(at index: Int) -> String {
        if case .string(let values) = self {
            return "\"\(String(decoding: values[index].prefix(100), as: UTF8.self))\""
        }
        return "\(numbers[index])"
    }
}
