/// A scaling fitted in training, one entry for each of the model's columns: (value − offset) · factor.
package struct Preprocessing: Sendable, Hashable {
    /// Names of the columns, in the model's order; empty where nothing names them.
    package var features: [String]
    package var offset: [Double]
    package var factor: [Double]
    /// What stands for a value that is not a number, after the scaling; such values stay where nil.
    package var nan: Double?

    package init(features: [String], offset: [Double], factor: [Double], nan: Double? = nil) {
        self.features = features
        self.offset = offset
        self.factor = factor
        self.nan = nan
    }

    /// Scales rows in place.
    ///
    /// - Parameter values: Whole rows, one after another, with `offset.count` values each.
    package func apply(to values: inout [Double]) {
        let width = offset.count
        for start in stride(from: 0, to: values.count - values.count % max(width, 1), by: max(width, 1)) {
            for column in 0..<width {
                let scaled = (values[start + column] - offset[column]) * factor[column]
                values[start + column] = scaled.isNaN ? nan ?? scaled : scaled
            }
        }
    }
}
