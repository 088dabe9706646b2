/// A scaling fitted in training, one entry a feature: (value − offset) · factor.
package struct Preprocessing: Sendable, Hashable {
    package var features: [String]
    package var offset: [Double]
    package var factor: [Double]

    package init(features: [String], offset: [Double], factor: [Double]) {
        self.features = features
        self.offset = offset
        self.factor = factor
    }
}
