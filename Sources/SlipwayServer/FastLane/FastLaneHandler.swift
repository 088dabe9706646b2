import NIOCore
import NIOHTTP1

/// Answers inferences on the connection's own event loop, without a task of their own, where everything that they need
/// is in memory; what is not goes on to the server.
final class FastLaneHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let lane: FastLane
    private var flow = FastLaneFlow()
    private var context: ChannelHandlerContext?
    private var mailbox: FastLaneMailbox?
    private var isReadWanted = false
    private var heldEvents: [Any] = []
    /// The server closes connections that it thinks idle: now and then a request shows it that this one is not.
    private var lastPassed = NIODeadline.now()

    private static let passingInterval = TimeAmount.seconds(30)

    init(lane: FastLane) {
        self.lane = lane
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        mailbox = lane.mailbox(of: context.eventLoop)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        arrived(unwrapInboundIn(data), context)
    }

    func read(context: ChannelHandlerContext) {
        if flow.isHolding { isReadWanted = true } else { context.read() }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { flow.serverAnswered() }
        context.write(data, promise: promise)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // The server behind sees no request under way: told that the server stops, or that the client sends no more, it
        // would close the connection before the answer.
        if case .answering = flow.phase {
            heldEvents.append(event)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    private func arrived(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        let action = flow.partArrived(part) { head in
            FastLane.mayTake(head) && NIODeadline.now() - lastPassed < Self.passingInterval
        }
        perform(action, context)
    }

    private func perform(_ action: FastLaneFlow.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .nothing: break
        case .forward(let parts):
            lastPassed = .now()
            for part in parts { context.fireChannelRead(wrapInboundOut(part)) }
        case .answer(let head, let body): answer(head, body, context)
        }
    }

    private func answer(_ head: HTTPRequestHead, _ body: ByteBuffer, _ context: ChannelHandlerContext) {
        guard let mailbox else { return perform(flow.laneDeclined(head, body: body), context) }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        let isTaken = lane.take(head, body, guest: mailbox.guest) { answer in
            mailbox.post { handler.value.finish(answer, head) }
        }
        if !isTaken { perform(flow.laneDeclined(head, body: body), context) }
    }

    /// Runs on the event loop.
    private func finish(_ answer: FastLane.Answer, _ request: HTTPRequestHead) {
        guard let context else { return }
        var head = HTTPResponseHead(version: .http1_1, status: answer.status, headers: answer.headers)
        if !request.isKeepAlive { head.headers.add(name: "connection", value: "close") }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(answer.body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        for part in flow.laneAnswered() { arrived(part, context) }
        if isReadWanted, !flow.isHolding {
            isReadWanted = false
            context.read()
        }
        // The next request may be under way already.
        guard case .answering = flow.phase else {
            let events = heldEvents
            heldEvents = []
            for event in events { context.fireUserInboundEventTriggered(event) }
            return
        }
    }
}
