package import NIOCore

/// What the parser finds, in the order of the body.
package enum MultipartEvent: Sendable, Equatable {
    /// A part's headers are complete.
    case partBegan(MultipartPartHead)
    /// Some content of the part that began last: never empty, a slice of the chunk it came in where that can be.
    case body(ByteBuffer)
    /// The part's content is complete.
    case partEnded
    /// The final boundary was read; only an epilogue, which is skipped, can follow.
    case finished
}
