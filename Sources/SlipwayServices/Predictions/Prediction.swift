package import SlipwayCore

/// What a model said.
package struct Prediction: Sendable {
    /// The version that said it.
    package var version: ModelVersion
    /// The wanted outputs, in the order asked for or in the model's.
    package var outputs: [Tensor]
    /// The class of each row, where the model or its files name classes.
    package var labels: [String]?
    /// The best classes of each row, at most five, the best first; nil where no output scores named classes.
    package var top: [[ScoredLabel]]?

    package init(version: ModelVersion, outputs: [Tensor], labels: [String]? = nil, top: [[ScoredLabel]]? = nil) {
        self.version = version
        self.outputs = outputs
        self.labels = labels
        self.top = top
    }
}

/// A class and what the model gives it.
package struct ScoredLabel: Sendable, Hashable {
    package var label: String
    /// What the output says, unchanged: a probability where the model ends in a softmax.
    package var score: Double

    package init(label: String, score: Double) {
        self.label = label
        self.score = score
    }
}
