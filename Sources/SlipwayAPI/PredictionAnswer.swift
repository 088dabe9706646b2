/// What a model said of rows or of a picture.
package struct PredictionAnswer: Codable, Sendable {
    package var model: String
    package var version: Int
    /// Lower-case hex of the SHA-256 of the version's archive.
    package var digest: String
    /// What the first output says of each row: a value, or a list of them. null stands for what is no finite number.
    package var predictions: [JSONValue]
    /// The class of each row, where the model or its files name classes.
    package var labels: [String]?
    /// The best classes of each row, at most five, the best first.
    package var top: [[Label]]?
    /// Every wanted output by its name.
    package var outputs: [String: JSONValue]

    package struct Label: Codable, Sendable {
        package var label: String
        /// What the model's output says: a probability where the model ends in a softmax.
        package var score: Double

        package init(label: String, score: Double) {
            self.label = label
            self.score = score
        }
    }

    package init(
        model: String, version: Int, digest: String, predictions: [JSONValue], labels: [String]?, top: [[Label]]?,
        outputs: [String: JSONValue]
    ) {
        self.model = model
        self.version = version
        self.digest = digest
        self.predictions = predictions
        self.labels = labels
        self.top = top
        self.outputs = outputs
    }
}
