import Inference
package import SlipwayCore

/// What a version takes and gives, with what its files say beyond its signature.
package struct ModelCard: Sendable {
    package let version: ModelVersion
    package let signature: ModelSignature
    let companions: ModelCompanions

    init(version: ModelVersion, signature: ModelSignature, companions: ModelCompanions) {
        self.version = version
        self.signature = signature
        self.companions = companions
    }

    /// Names of the columns of a row, in the model's order, where the model or its files carry them.
    package var featureNames: [String]? { companions.featureNames }
    /// Names of the classes, in the order of the scores.
    package var classNames: [String]? { companions.classNames }
    /// What `params.json` says of pictures.
    package var image: ImageParameters? { companions.parameters.image }
    package var description: String? { version.description ?? companions.parameters.description }
    /// `preprocess.json` is there, and `raw` is understood.
    package var hasPreprocessing: Bool { companions.preprocessing != nil }
    /// `golden.json` is there.
    package var hasGoldenSample: Bool { companions.golden != nil }
    /// Values in a row; nil where that is free, or where several inputs want rows of their own.
    package var rowWidth: Int? { signature.rowWidth }
    /// Whether an input takes text, so that a CSV file's cells may be more than numbers.
    package var takesText: Bool { signature.inputs.contains { $0.type == .string } }
}
