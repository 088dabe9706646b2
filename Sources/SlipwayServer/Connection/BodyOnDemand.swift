import NIOCore

/// A request's body whose first read asks a waiting client to go on (`Expect: 100-continue`): a request that is
/// refused before that never sends its body.
struct BodyOnDemand<Base: AsyncSequence & Sendable>: AsyncSequence, Sendable where Base.Element == ByteBuffer {
    typealias Element = ByteBuffer

    let base: Base
    let channel: any Channel

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: base.makeAsyncIterator(), channel: channel)
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        var base: Base.AsyncIterator
        let channel: any Channel
        private var isAsked = false

        init(base: Base.AsyncIterator, channel: any Channel) {
            self.base = base
            self.channel = channel
        }

        mutating func next() async throws -> ByteBuffer? {
            try await next(isolation: #isolation)
        }

        mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> ByteBuffer? {
            if !isAsked {
                isAsked = true
                channel.triggerUserOutboundEvent(ConnectionFlowHandler.BodyWanted(), promise: nil)
            }
            return try await base.next(isolation: actor)
        }
    }
}
