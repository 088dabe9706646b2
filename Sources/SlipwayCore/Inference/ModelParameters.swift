/// What `params.json` beside a model says of it: TFaaS's members, in either spelling, and Slipway's own.
package struct ModelParameters: Sendable, Hashable {
    package var name: String?
    /// Name of the model's file among the version's files.
    package var model: String?
    /// Name of the file of labels, one a line.
    package var labels: String?
    package var inputNode: String?
    package var outputNode: String?
    package var description: String?
    /// Names of the columns that the model wants, in their order.
    package var featureNames: [String]?
    /// Names of the classes, where they stand here and not in a file.
    package var classNames: [String]?
    package var image: ImageParameters?

    package init() {}
}

/// How a picture becomes a model's input.
package struct ImageParameters: Sendable, Hashable {
    /// 1 for grey, 3 for colour; what the model's input says where nil.
    package var channels: Int?
    /// Pixels; what the model's input says where nil.
    package var width: Int?
    package var height: Int?
    /// Each sample (0…255) is multiplied by this; nil is 1/255 for floating inputs and 1 for integers.
    package var scale: Double?
    /// Subtracted a channel after scaling, then divided by `deviation`.
    package var mean: [Double]?
    package var deviation: [Double]?

    package init() {}
}
