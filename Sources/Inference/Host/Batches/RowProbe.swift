internal import SlipwayCore

/// Finds out whether a model treats each row by itself, so that rows of different requests may share a run: three rows
/// are run together and one by one, and must come out the same.
///
/// The rows are the golden sample's where it has several, else made up: the same ones each time. Text is never made
/// up.
struct RowProbe {
    let model: any LoadedModel
    let golden: GoldenSample?

    private static let rows = 3
    private static let tolerance = 1e-4
    /// Elements of one input.
    private static let largest = 1 << 22

    func isRowIndependent() -> Bool {
        let signature = model.signature
        let ports = signature.inputs + signature.outputs
        guard !signature.inputs.isEmpty, model.inputsOfAnyRank.isEmpty, !signature.outputs.isEmpty,
            ports.allSatisfy({ $0.shape.first == -1 })
        else {
            return false
        }
        if let golden, let inputs = try? signature.ordered(golden.inputs), Batch.rows(of: inputs) > 1 {
            let rows = min(Self.rows, Batch.rows(of: inputs))
            return isIndependent(inputs.map { Batch.slice($0, 0..<rows) }, rows: rows) == true
        }
        // Any size goes for further free dimensions, but 1 could hide that a model mixes rows; some models want it.
        for size in [2, 1] {
            var random = SampleNumbers()
            let inputs = signature.inputs.compactMap {
                random.tensor($0, rows: Self.rows, free: size, most: Self.largest)
            }
            guard inputs.count == signature.inputs.count else { return false }
            if let isIndependent = isIndependent(inputs, rows: Self.rows) { return isIndependent }
        }
        return false
    }

    /// - Returns: Nil where the model does not run on the rows.
    private func isIndependent(_ inputs: [Tensor], rows: Int) -> Bool? {
        guard let together = try? model.infer(inputs, outputs: nil) else { return nil }
        guard let apart = Batch.split(together, rows: Array(repeating: 1, count: rows)) else { return false }
        // What small outputs depend on must not pass for noise.
        let scales = together.map(\.values.largestMagnitude)
        for row in 0..<rows {
            let input = inputs.map { Batch.slice($0, row..<row + 1) }
            guard let alone = try? model.infer(input, outputs: nil), alone.count == apart[row].count else {
                return false
            }
            for (index, scale) in scales.enumerated() {
                let difference = TensorDifference.first(
                    found: apart[row][index], wanted: alone[index], tolerance: Self.tolerance, scale: scale)
                guard difference == nil else { return false }
            }
        }
        return true
    }
}
