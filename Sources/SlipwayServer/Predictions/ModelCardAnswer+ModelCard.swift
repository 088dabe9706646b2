import SlipwayAPI
import SlipwayCore
import SlipwayServices

extension ModelCardAnswer {
    init(_ card: ModelCard) {
        self.init(
            model: card.version.name, version: card.version.version, digest: card.version.sha256,
            description: card.description, signature: SignatureAnswer(card.signature), rowWidth: card.rowWidth,
            featureNames: card.featureNames, classNames: card.classNames, preprocess: card.hasPreprocessing,
            golden: card.hasGoldenSample)
    }
}
