/// A model that is in memory and ready to run; it leaves memory when the last reference goes.
///
/// Calls block: make them on a thread that may wait, never on the cooperative pool. Several may run at once.
package protocol LoadedModel: Sendable {
    var signature: ModelSignature { get }
    /// What the file itself says about the model beyond its signature, such as ONNX's `metadata_props`.
    var metadata: [String: String] { get }
    /// The names of inputs whose number of dimensions the model does not know; the signature shows [-1] for them.
    var inputsOfAnyRank: Set<String> { get }
    /// Runs the model once.
    ///
    /// - Parameters:
    ///   - inputs: One tensor for each input of the signature, in any order.
    ///   - outputs: The names of the wanted outputs; all of them where nil.
    /// - Returns: The wanted outputs in the order asked for, or in the signature's.
    /// - Throws: `InferenceError`: `invalidInput` before anything has run, `unsupported` for outputs that are no
    ///   tensors, `failed` for what the runtime reports.
    func infer(_ inputs: [Tensor], outputs: [String]?) throws -> [Tensor]
}

extension LoadedModel {
    package var metadata: [String: String] { [:] }
    package var inputsOfAnyRank: Set<String> { [] }
}
