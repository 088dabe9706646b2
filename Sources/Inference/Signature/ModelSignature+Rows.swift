internal import SlipwayCore

extension ModelSignature {
    /// The shape that an output has for a number of rows: known where all its dimensions are fixed but the first, which
    /// is taken for the number of rows as the inputs' first is.
    ///
    /// - Returns: nil where the shape is not known, or the elements cannot be written in place (bytes of any length,
    ///   and truth values, which may come as any byte).
    func shape(of output: TensorSpecification, rows: Int) -> [Int]? {
        guard output.type != .string, output.type != .bool, output.shape.first == -1 else { return nil }
        var count = rows
        for size in output.shape.dropFirst() {
            // A size that no request should make us reserve before the model has run.
            guard size > 0, size <= 1 << 24, count <= 1 << 24 else { return nil }
            count *= size
        }
        return count <= 1 << 24 ? [rows] + output.shape.dropFirst() : nil
    }
}
