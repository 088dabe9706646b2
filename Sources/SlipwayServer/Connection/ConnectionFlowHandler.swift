import NIOCore
import NIOHTTP1

/// Carries out what `ConnectionFlow` decides, between the HTTP/1 codec and the server.
final class ConnectionFlowHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Sent down the channel by the first read of a request's body.
    struct BodyWanted: Sendable {}

    private var flow: ConnectionFlow
    /// Ends of answers that are not yet out: closing would cut them off.
    private var unsentEnds = 0
    private var heldCloses: [(mode: CloseMode, promise: EventLoopPromise<Void>?)] = []

    /// How long a client may take for the rest of an answer once the connection is to be closed.
    private static let lastPatience = TimeAmount.seconds(60)

    init(drainLimit: Int) {
        flow = ConnectionFlow(drainLimit: drainLimit)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let action: ConnectionFlow.BodyAction
        switch unwrapInboundIn(data) {
        case .head(let head):
            flow.requestBegan(
                isHead: head.method == .HEAD, keepsAlive: head.isKeepAlive,
                awaitsContinue: head.version.major == 1 && head.version.minor >= 1
                    && head.headers[canonicalForm: "expect"].contains { $0.lowercased() == "100-continue" })
            action = .forward
        case .body(let bytes): action = flow.bodyArrived(bytes: bytes.readableBytes)
        case .end: action = flow.requestEnded()
        }
        context.fireChannelRead(data)
        if action == .close {
            context.flush()
            context.close(promise: nil)
        }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is BodyWanted else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        if flow.bodyWanted() {
            let head = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
        }
        promise?.succeed()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if flow.isSpent {
            // The server answers a request that breaks off once more; the first answer stands.
            promise?.succeed()
            if case .end = unwrapOutboundIn(data) { context.close(promise: nil) }
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.code >= 200:
            if flow.answerBegan() { head.headers.replaceOrAdd(name: "connection", value: "close") }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .head, .body:
            context.write(data, promise: promise)
        case .end:
            let end = flow.answerEnded()
            let sent = promise ?? context.eventLoop.makePromise(of: Void.self)
            unsentEnds += 1
            let handler = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            sent.futureResult.whenComplete { _ in
                let (flow, context) = handler.value
                flow.endWasSent(context)
            }
            // An empty piece tells when all before it is out.
            context.write(end.isSilent ? wrapOutboundOut(.body(.byteBuffer(ByteBuffer()))) : data, promise: sent)
            if end.closes || end.isSilent { context.flush() }
            if end.closes { close(context: context, mode: .all, promise: nil) }
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard unsentEnds > 0, mode != .input else { return context.close(mode: mode, promise: promise) }
        if heldCloses.isEmpty {
            let handler = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: Self.lastPatience) {
                let (flow, context) = handler.value
                flow.closeAtLast(context)
            }
        }
        heldCloses.append((mode, promise))
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        for held in heldCloses { held.promise?.succeed() }
        heldCloses = []
    }

    private func endWasSent(_ context: ChannelHandlerContext) {
        unsentEnds -= 1
        if unsentEnds == 0 { closeAtLast(context) }
    }

    private func closeAtLast(_ context: ChannelHandlerContext) {
        let held = heldCloses
        heldCloses = []
        for close in held { context.close(mode: close.mode, promise: close.promise) }
    }
}
