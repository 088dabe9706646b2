import NIOCore

/// One connection of a run. Bound to its event loop.
final class LoadConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let request: ByteBuffer
    private let tally: LoadTally
    private var held = ByteBuffer()
    private var sentAt: ContinuousClock.Instant?

    init(request: ByteBuffer, tally: LoadTally) {
        self.request = request
        self.tally = tally
    }

    func channelActive(context: ChannelHandlerContext) {
        sendNext(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        held.writeBuffer(&bytes)
        do {
            guard let status = try AnswerScanner.take(from: &held) else { return }
            guard let sentAt else { throw BenchError(.answer, "an answer came that was not asked for") }
            guard (200..<300).contains(status) else { throw BenchError(.answer, "a request was answered \(status)") }
            self.sentAt = nil
            tally.ended(ContinuousClock.now - sentAt)
            held.discardReadBytes()
            sendNext(context)
        } catch {
            tally.failed("\(error)")
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if sentAt != nil { tally.failed("the server closed a connection before it answered") }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        tally.failed("a connection broke: \(error)")
        sentAt = nil
        context.close(promise: nil)
    }

    private func sendNext(_ context: ChannelHandlerContext) {
        guard tally.mayBegin() else {
            context.close(promise: nil)
            return
        }
        sentAt = ContinuousClock.now
        context.writeAndFlush(wrapOutboundOut(request), promise: nil)
    }
}
