/// What a version takes and gives, with what its files say of it.
package struct ModelCardAnswer: Codable, Sendable {
    package var model: String
    package var version: Int
    /// Lower-case hex of the SHA-256 of the version's archive.
    package var digest: String
    package var description: String?
    package var signature: SignatureAnswer
    /// Values in a row; absent where that is free.
    package var rowWidth: Int?
    /// Names of a row's columns, in the model's order.
    package var featureNames: [String]?
    package var classNames: [String]?
    /// `preprocess.json` is there: `raw` is understood.
    package var preprocess: Bool
    /// `golden.json` is there: the version was checked against it before it was published.
    package var golden: Bool

    enum CodingKeys: String, CodingKey {
        case model, version, digest, description, signature
        case rowWidth = "row_width"
        case featureNames = "feature_names"
        case classNames = "class_names"
        case preprocess, golden
    }

    package init(
        model: String, version: Int, digest: String, description: String?, signature: SignatureAnswer,
        rowWidth: Int?, featureNames: [String]?, classNames: [String]?, preprocess: Bool, golden: Bool
    ) {
        self.model = model
        self.version = version
        self.digest = digest
        self.description = description
        self.signature = signature
        self.rowWidth = rowWidth
        self.featureNames = featureNames
        self.classNames = classNames
        self.preprocess = preprocess
        self.golden = golden
    }
}
