/// The value of one entry of a `parameters` object: the protocol allows scalars.
package enum ParameterValue: Sendable, Hashable {
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
}
