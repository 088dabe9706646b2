/// An operation of a graph as a walk over it shows it.
struct GraphOperation {
    let name: String
    /// What it does, e.g. `MatMul`.
    let type: String
    let inputs: Int
    let outputs: Int
    /// Inputs of other operations that take one of its outputs.
    let consumers: Int
}
