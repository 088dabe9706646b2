/// One value of a row, as the caller wrote it.
package enum PredictionValue: Sendable, Hashable {
    case number(Double)
    /// A whole number that a `Double` may not hold.
    case integer(Int64)
    /// A whole number above the largest `Int64`.
    case unsigned(UInt64)
    case bool(Bool)
    case string(String)
    /// A cell of a CSV file: a number or text, whichever the model's input takes.
    case text(String)
    /// A named row does not have the column.
    case absent
}
