import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A stand-in for a server that fails: it answers the n-th request with the n-th text, byte for byte, and hangs up.
/// (It provokes faults; a server that works is never replaced.)
final class ScriptedServer: Sendable {
    private let script: Mutex<[String]>
    private let received = Mutex<[String]>([])

    private init(_ replies: [String]) {
        script = Mutex(replies)
    }

    /// Serves for the length of `body`, which gets the address; returns the requests as they came.
    static func answering(_ replies: [String], _ body: (String) async throws -> Void) async throws -> [String] {
        let server = ScriptedServer(replies)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Exchange(server))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body("http://127.0.0.1:\(channel.localAddress?.port ?? 0)")
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
        return server.received.withLock { $0 }
    }

    fileprivate func reply(to request: String) -> String {
        received.withLock { $0.append(request) }
        return script.withLock { $0.isEmpty ? "" : $0.removeFirst() }
    }
}

/// Reads one request, as long as its Content-Length says, and writes the reply.
private final class Exchange: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let server: ScriptedServer
    private var text = ""
    private var hasAnswered = false

    init(_ server: ScriptedServer) {
        self.server = server
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        text += String(buffer: unwrapInboundIn(data))
        guard !hasAnswered, let end = text.range(of: "\r\n\r\n") else { return }
        let head = text[..<end.lowerBound].lowercased()
        let length = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.split(separator: " ")[1]) }
        guard text[end.upperBound...].utf8.count >= length ?? 0 else { return }
        hasAnswered = true
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: server.reply(to: text))), promise: nil)
        context.close(promise: nil)
    }
}
