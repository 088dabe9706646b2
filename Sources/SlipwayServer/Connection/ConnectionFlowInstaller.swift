import NIOCore
import NIOHTTP1

/// Puts `ConnectionFlowHandler` behind the HTTP/1 decoder: the server lets handlers be added at the pipeline's end
/// only, where the parts have another type.
final class ConnectionFlowInstaller: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias InboundOut = NIOAny

    private let drainLimit: Int

    init(drainLimit: Int) {
        self.drainLimit = drainLimit
    }

    func handlerAdded(context: ChannelHandlerContext) {
        do {
            let pipeline = context.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(ConnectionFlowHandler(drainLimit: drainLimit), position: .after(decoder))
        } catch {
            context.fireErrorCaught(error)
            context.close(promise: nil)
        }
    }
}
