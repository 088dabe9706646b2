/// Triton's classification extension: the highest values of each row of an output, as text.
struct Classification {
    /// How many are wanted; a row that has fewer gives all it has.
    let count: Int
    let labels: [String]?

    /// The highest values, each as `VALUE:INDEX` or `VALUE:INDEX:LABEL`, the highest first and of equal ones the
    /// earlier first.
    ///
    /// The first of several dimensions is the batch, and the others together are the classes. A tensor of one
    /// dimension, or none, is a single row.
    ///
    /// - Returns: Texts of the shape [rows, classes], without rows where the tensor has one dimension or none; nil
    ///   for elements that are no numbers.
    func highest(of data: TensorData, shape: [Int]) -> (shape: [Int], texts: [[UInt8]])? {
        let rows = shape.count > 1 ? shape[0] : 1
        let width = shape.count > 1 ? Self.product(shape[1...]) : data.count
        let kept = min(count, width)
        // Without elements there may be any number of rows, or of classes: none is written.
        guard let texts = texts(of: data, rows: data.count == 0 ? 0 : rows, width: width) else { return nil }
        return (shape.count > 1 ? [rows, kept] : [kept], texts)
    }

    /// The product of sizes, or the greatest number where it is beyond.
    private static func product(_ sizes: ArraySlice<Int>) -> Int {
        if sizes.contains(0) { return 0 }
        return sizes.reduce(1) { product, size in
            let (next, isTooLarge) = product.multipliedReportingOverflow(by: size)
            return isTooLarge ? .max : next
        }
    }

    private func texts(of data: TensorData, rows: Int, width: Int) -> [[UInt8]]? {
        switch data {
        case .uint8(let values): texts(values, rows, width)
        case .uint16(let values): texts(values, rows, width)
        case .uint32(let values): texts(values, rows, width)
        case .uint64(let values): texts(values, rows, width)
        case .int8(let values): texts(values, rows, width)
        case .int16(let values): texts(values, rows, width)
        case .int32(let values): texts(values, rows, width)
        case .int64(let values): texts(values, rows, width)
        case .fp16(let values): texts(values, rows, width)
        case .fp32(let values): texts(values, rows, width)
        case .fp64(let values): texts(values, rows, width)
        case .bool, .bytes: nil
        }
    }

    private func texts<Value: Comparable & CustomStringConvertible>(
        _ values: [Value], _ rows: Int, _ width: Int
    ) -> [[UInt8]] {
        (0..<rows).flatMap { row in
            let scores = values[(row * width)..<((row + 1) * width)]
            let order = scores.indices.sorted { Self.isBefore(scores[$0], $0, scores[$1], $1) }
            return order.prefix(count).map { index in text(scores[index], class: index - scores.startIndex) }
        }
    }

    /// Descending; a value that does not equal itself, NaN, is after all others.
    private static func isBefore<Value: Comparable>(_ one: Value, _ place: Int, _ other: Value, _ otherPlace: Int)
        -> Bool
    {
        let (isNumber, otherIsNumber) = (one == one, other == other)
        if isNumber != otherIsNumber { return isNumber }
        if isNumber, one != other { return one > other }
        return place < otherPlace
    }

    private func text(_ value: some CustomStringConvertible, class index: Int) -> [UInt8] {
        guard let labels, labels.indices.contains(index) else { return Array("\(value):\(index)".utf8) }
        return Array("\(value):\(index):\(labels[index])".utf8)
    }
}
