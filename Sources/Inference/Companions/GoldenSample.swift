package import SlipwayCore

/// One run of a model whose result is known.
package struct GoldenSample: Sendable, Hashable {
    package var inputs: [Tensor]
    package var outputs: [Tensor]
    /// Largest difference allowed, absolute and relative: |found − wanted| ≤ tolerance · max(1, |wanted|).
    package var tolerance: Double

    package init(inputs: [Tensor], outputs: [Tensor], tolerance: Double = 1e-4) {
        self.inputs = inputs
        self.outputs = outputs
        self.tolerance = tolerance
    }
}
