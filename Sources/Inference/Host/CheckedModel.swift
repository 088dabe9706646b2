package import SlipwayCore

/// What a look at a model that is not published yet has shown.
package struct CheckedModel: Sendable {
    package let signature: ModelSignature
    package let platform: String
    package let companions: ModelCompanions
    package let memoryBytes: Int64
    /// `golden.json` was there, and the model has reproduced it.
    package let hasGolden: Bool
    package let isBatchable: Bool
    /// Why the model did not run on zeros, which is no fault by itself.
    package let warmUpFailure: String?
}

extension CheckedModel {
    init(_ hosted: HostedModel) {
        signature = hosted.model.signature
        platform = hosted.platform
        companions = hosted.companions
        memoryBytes = hosted.memoryBytes
        hasGolden = hosted.companions.golden != nil
        isBatchable = hosted.isBatchable
        warmUpFailure = hosted.warmUpFailure
    }
}
