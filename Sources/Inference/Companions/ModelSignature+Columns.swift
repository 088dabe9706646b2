package import SlipwayCore

extension ModelSignature {
    /// Whether every one of several inputs takes one value a row, as scikit-learn's converter writes tables of columns
    /// of different types.
    package var isColumnar: Bool {
        inputs.count > 1 && inputs.allSatisfy { $0.shape.count <= 2 && $0.shape.count >= 1 && $0.rowWidth == 1 }
    }

    /// How many values a row has, all dimensions of the only input together; nil where that is free, or where several
    /// inputs want rows of their own.
    package var rowWidth: Int? {
        if isColumnar { return inputs.count }
        return inputs.count == 1 ? inputs[0].rowWidth : nil
    }
}

extension TensorSpecification {
    /// Values in a row; nil where that is free.
    ///
    /// The first dimension counts rows, except that a single dimension of a fixed size is one row.
    package var rowWidth: Int? {
        let inner = rowShape
        return inner.allSatisfy { $0 >= 0 } ? inner.reduce(1, *) : nil
    }

    /// The dimensions of one row; -1 where any size goes.
    package var rowShape: [Int] { isSingleRow ? shape : Array(shape.dropFirst()) }

    /// The tensor is one row: it has no dimension that counts them.
    package var isSingleRow: Bool { shape.isEmpty || (shape.count == 1 && shape[0] > 1) }
}
