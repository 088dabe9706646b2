import NIOCore
import NIOHTTP1

/// Puts `ConnectionFlowHandler`, and the fast lane where there is one, behind the HTTP/1 decoder: the server lets handlers be added at the pipeline's end
/// only, where the parts have another type.
final class ConnectionFlowInstaller: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias InboundOut = NIOAny

    private let drainLimit: Int
    private let lane: FastLane?

    init(drainLimit: Int, lane: FastLane?) {
        self.drainLimit = drainLimit
        self.lane = lane
    }

    func handlerAdded(context: ChannelHandlerContext) {
        do {
            let pipeline = context.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let flow = ConnectionFlowHandler(drainLimit: drainLimit)
            try pipeline.addHandler(flow, position: .after(decoder))
            if let lane { try pipeline.addHandler(FastLaneHandler(lane: lane), position: .after(flow)) }
        } catch {
            context.fireErrorCaught(error)
            context.close(promise: nil)
        }
    }
}
