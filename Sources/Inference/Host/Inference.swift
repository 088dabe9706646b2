package import SlipwayCore

/// The answer to one request.
package struct Inference: Sendable {
    package let outputs: [Tensor]
    package let timing: InferenceTiming
    /// The answer was kept from an earlier request with the same inputs; nothing was run.
    package let isCached: Bool

    package init(outputs: [Tensor], timing: InferenceTiming = InferenceTiming(), isCached: Bool = false) {
        self.outputs = outputs
        self.timing = timing
        self.isCached = isCached
    }
}

/// Where a request's time went, in nanoseconds.
package struct InferenceTiming: Sendable, Hashable {
    /// From arrival to the start of the run, a load included.
    package var queue: UInt64 = 0
    /// Putting the rows of several requests together.
    package var computeInput: UInt64 = 0
    /// The model's run.
    package var computeInfer: UInt64 = 0
    /// Taking the rows apart.
    package var computeOutput: UInt64 = 0

    package init() {}
}
