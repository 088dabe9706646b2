import NIOCore
import NIOHTTP1

/// Answers inferences on the connection's own event loop, without a task of their own, where everything that they need
/// is in memory; what is not goes on to the server.
final class FastLaneHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// What the server behind must not see before the answer is written: it knows of no request, and would close the
    /// connection, or answer what is not its own to answer.
    private enum Held {
        case event(Any)
        case error(any Error)
        case close(CloseMode, EventLoopPromise<Void>?)
    }

    private let lane: FastLane
    private var flow = FastLaneFlow()
    private var context: ChannelHandlerContext?
    private var mailbox: FastLaneMailbox?
    private var held: [Held] = []
    private var isReadWanted = false
    /// What arrived during an answer is being looked at.
    private var isCatchingUp = false
    private var hasForwarded = false
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
        for case .close(_, let promise) in held { promise?.succeed() }
        held = []
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
        // A server that stops still answers what has begun to arrive; of what the client broke off nothing more comes.
        let isForLater = event is ChannelShouldQuiesceEvent ? flow.hasBegun : flow.isAnswering
        if isForLater { return held.append(.event(event)) }
        if case .inputClosed? = event as? ChannelEvent { breakOff(context) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if flow.isAnswering { return held.append(.error(error)) }
        breakOff(context)
        context.fireErrorCaught(error)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if flow.isAnswering, mode != .input {
            held.append(.close(mode, promise))
        } else {
            context.close(mode: mode, promise: promise)
        }
    }

    private func arrived(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        let action = flow.partArrived(part) { head in
            // Who does not take answers gets no more of them; the server behind waits until there is room.
            lane.mayTake(head) && context.channel.isWritable && NIODeadline.now() - lastPassed < Self.passingInterval
        }
        perform(action, context)
    }

    private func perform(_ action: FastLaneFlow.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .nothing: break
        case .forward(let parts):
            lastPassed = .now()
            hasForwarded = true
            for part in parts { context.fireChannelRead(wrapInboundOut(part)) }
            if !isCatchingUp { release(context) }
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
        catchUp(with: flow.laneAnswered(), isLast: !request.isKeepAlive, context)
    }

    /// Looks at what arrived during an answer; one of its requests may be answered, at once or later, on the way.
    private func catchUp(with parts: [HTTPServerRequestPart], isLast: Bool, _ context: ChannelHandlerContext) {
        guard !isCatchingUp else { return }
        isCatchingUp = true
        hasForwarded = false
        // After the last answer of a connection nothing is answered any more.
        if !isLast { for part in parts { arrived(part, context) } }
        isCatchingUp = false
        // The server behind looks at what it was given when reading is complete, and nothing is being read now.
        if hasForwarded { context.fireChannelReadComplete() }
        if isReadWanted, !flow.isHolding {
            isReadWanted = false
            context.read()
        }
        release(context)
    }

    /// The rest of a request that was arriving will not come: the server behind says so.
    private func breakOff(_ context: ChannelHandlerContext) {
        perform(flow.brokenOff(), context)
    }

    private func release(_ context: ChannelHandlerContext) {
        guard !flow.isAnswering, !held.isEmpty else { return }
        let released = held
        held = []
        for item in released {
            switch item {
            case .event(let event): context.fireUserInboundEventTriggered(event)
            case .error(let error): context.fireErrorCaught(error)
            case .close(let mode, let promise): context.close(mode: mode, promise: promise)
            }
        }
    }
}
