internal import SlipwayCore

/// A model that says when nobody holds it any more.
///
/// `@unchecked Sendable`: `inner` is set by the initialiser and taken by `deinit`, when nobody else can see it.
final class WatchedModel: LoadedModel, @unchecked Sendable {
    let signature: ModelSignature
    let metadata: [String: String]
    let inputsOfAnyRank: Set<String>
    private var inner: (any LoadedModel)?
    private let released: @Sendable (LastReference) -> Void

    /// - Parameter released: Takes over the only reference to the model that is left.
    init(_ model: any LoadedModel, released: @escaping @Sendable (LastReference) -> Void) {
        signature = model.signature
        metadata = model.metadata
        inputsOfAnyRank = model.inputsOfAnyRank
        inner = model
        self.released = released
    }

    deinit {
        let last = LastReference(inner)
        inner = nil
        released(last)
    }

    func infer(_ inputs: [Tensor], outputs: [String]?) throws -> [Tensor] {
        try inner!.infer(inputs, outputs: outputs)
    }
}
