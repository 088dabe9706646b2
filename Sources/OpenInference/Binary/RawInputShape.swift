/// The shape of an input that was sent without JSON, as far as its bytes tell it.
struct RawInputShape {
    private let input: TensorMetadata

    init(_ input: TensorMetadata) {
        self.input = input
    }

    /// The sizes of all dimensions, whose product is at most `bytes`.
    ///
    /// - Throws: `invalid` where the bytes are not a whole number of rows, or several dimensions are free.
    func resolved(bytes: Int) throws -> [Int] {
        var shape = input.shape
        if shape.count > 1, shape[0] < 0 { shape[0] = 1 }
        let free = shape.indices.filter { shape[$0] < 0 }
        guard free.count <= 1 else {
            throw fault("has several free dimensions, whose sizes the bytes alone do not tell")
        }
        guard let width = input.datatype.width else {
            for index in free { shape[index] = 1 }
            guard shape.allSatisfy({ $0 == 1 }) else {
                throw fault("wants several elements of BYTES; without JSON there is a single one")
            }
            return shape
        }
        var row = width
        for size in shape where size >= 0 {
            let (product, isTooLarge) = row.multipliedReportingOverflow(by: size)
            guard !isTooLarge else { throw fault("is too large") }
            row = product
        }
        guard let index = free.first else {
            guard row == bytes else { throw fault("takes \(row) bytes for one row, but the body has \(bytes)") }
            return shape
        }
        guard row > 0, bytes.isMultiple(of: row) else {
            throw fault("takes a multiple of \(row) bytes, but the body has \(bytes)")
        }
        shape[index] = bytes / row
        return shape
    }

    private func fault(_ message: String) -> OpenInferenceError {
        OpenInferenceError(
            .invalid,
            "the input \"\(input.name)\" (\(input.datatype.rawValue) of shape \(input.shape)), sent without JSON, "
                + message)
    }
}
