/// A scaling fitted in training, one entry for each of the model's columns: (value − offset) · factor.
package struct Preprocessing: Sendable, Hashable {
    /// Names of the columns, in the model's order; empty where nothing names them.
    package var features: [String]
    package var offset: [Double]
    package var factor: [Double]
    /// What stands for a value that is not a number, after the scaling; such values stay where nil.
    package var nan: Double?
    /// How many columns a list has, by its name: `Jet_pt` with 3 stands for `Jet_pt_0`, `Jet_pt_1`, `Jet_pt_2`, and a
    /// shorter list leaves the last ones without a number.
    package var jagged: [String: Int]

    package init(
        features: [String], offset: [Double], factor: [Double], nan: Double? = nil, jagged: [String: Int] = [:]
    ) {
        self.features = features
        self.offset = offset
        self.factor = factor
        self.nan = nan
        self.jagged = jagged
    }

    /// The column of one place in a list.
    package static func column(_ index: Int, of name: String) -> String { "\(name)_\(index)" }

    /// Columns that a row may lack: those of lists, which are not equally long.
    package var optionalColumns: [String] {
        jagged.flatMap { name, count in (0..<count).map { Self.column($0, of: name) } }
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
