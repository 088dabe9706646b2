internal import SlipwayCore

/// A request whose model is in memory and whose inputs fit, on its way to a runner.
struct PendingInference: SchedulableRequest {
    typealias Completion = @Sendable (Result<Inference, any Error>) -> Void

    let resident: Resident
    /// In the signature's order.
    let inputs: [Tensor]
    let outputs: [String]?
    let rows: Int
    let maximumRows: Int
    let arrival: UInt64
    let delay: UInt64
    /// Where the answer is to be kept for repeats.
    let cacheKey: CacheKey?
    /// Nanoseconds that making the key and looking it up took.
    let cacheNanoseconds: UInt64
    /// Says whether somebody still waits; nil where that cannot change.
    let ticket: Awaited<Inference>?
    let completion: Completion

    var lane: UInt64 { resident.number }
    /// Elements that are no more work than a few rows of an ordinary model.
    var isSmall: Bool { inputs.reduce(0) { $0 + $1.values.count } <= 8192 }
    var isAbandoned: Bool { ticket?.isAnswered == true }

    func joins(_ other: PendingInference) -> Bool {
        outputs == other.outputs && Batch.haveSameRows(inputs, other.inputs)
    }
}
