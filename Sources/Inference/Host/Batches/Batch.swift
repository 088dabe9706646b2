internal import SlipwayCore

/// Rows of several requests in one run: put together along the first dimension, and taken apart again.
enum Batch {
    /// The rows that a request brings; 0 where its tensors do not agree, and it has to run alone.
    static func rows(of tensors: [Tensor]) -> Int {
        guard let rows = tensors.first?.shape.first else { return 0 }
        for tensor in tensors where tensor.shape.first != rows { return 0 }
        return rows
    }

    /// Whether the rows of both have the same form.
    static func haveSameRows(_ first: [Tensor], _ second: [Tensor]) -> Bool {
        guard first.count == second.count else { return false }
        for index in first.indices {
            let (left, right) = (first[index], second[index])
            guard left.type == right.type, left.shape.count == right.shape.count else { return false }
            for dimension in left.shape.indices.dropFirst() where left.shape[dimension] != right.shape[dimension] {
                return false
            }
        }
        return true
    }

    /// One set of tensors with the rows of all.
    ///
    /// - Parameter requests: The tensors of each request, in the same order, with the same rows.
    static func joined(_ requests: [[Tensor]]) -> [Tensor] {
        guard let first = requests.first else { return [] }
        return first.indices.map { index in
            let parts = requests.lazy.map { $0[index] }
            var shape = first[index].shape
            shape[0] = parts.reduce(0) { $0 + $1.shape[0] }
            return Tensor(
                name: first[index].name, shape: shape,
                values: .joined(requests.lazy.map { $0[index].values }, count: parts.reduce(0) { $0 + $1.values.count })
            )
        }
    }

    /// The outputs of each request, which brought so many rows.
    ///
    /// - Returns: Nil where an output does not have one row for each that was given.
    static func split(_ outputs: [Tensor], rows: [Int]) -> [[Tensor]]? {
        let total = rows.reduce(0, +)
        guard outputs.allSatisfy({ $0.shape.first == total }) else { return nil }
        var start = 0
        return rows.map { count in
            defer { start += count }
            return outputs.map { slice($0, start..<start + count) }
        }
    }

    /// Some of a tensor's rows.
    static func slice(_ tensor: Tensor, _ rows: Range<Int>) -> Tensor {
        var shape = tensor.shape
        let width = shape[0] == 0 ? 0 : tensor.values.count / shape[0]
        shape[0] = rows.count
        return Tensor(
            name: tensor.name, shape: shape,
            values: tensor.values.elements(rows.lowerBound * width..<rows.upperBound * width), labels: tensor.labels)
    }
}
