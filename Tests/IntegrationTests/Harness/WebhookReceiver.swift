import Crypto
import Foundation
import NIOCore
import NIOPosix
import SlipwayAPI
import Synchronization

/// Somebody who is told of tasks' ends, on a real socket: answers the n-th request with the n-th status, and every one
/// after the last with that. The status 0 is no answer at all.
final class WebhookReceiver: Sendable {
    /// A request as it came.
    struct Delivery: Sendable {
        var path: String
        /// By lower-case name.
        var headers: [String: String]
        var body: Data

        var id: String { headers["webhook-id"] ?? "" }
        var timestamp: Int { headers["webhook-timestamp"].flatMap { Int($0) } ?? 0 }

        func object() throws -> [String: JSONValue] {
            try JSONDecoder().decode([String: JSONValue].self, from: body)
        }

        /// Whether the signature is right, by the words of the Standard Webhooks specification.
        func isSigned(with secret: String) -> Bool {
            guard secret.hasPrefix("whsec_"), let key = Data(base64Encoded: String(secret.dropFirst(6))),
                let signature = headers["webhook-signature"], signature.hasPrefix("v1,"),
                let code = Data(base64Encoded: String(signature.dropFirst(3)))
            else { return false }
            return HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: Data("\(id).\(timestamp).".utf8) + body, using: SymmetricKey(data: key))
        }
    }

    private struct State {
        var statuses: [Int]
        var deliveries: [Delivery] = []
        var port = 0
    }

    private let state: Mutex<State>

    private init(_ statuses: [Int]) {
        state = Mutex(State(statuses: statuses))
    }

    /// Receives for the length of `body`.
    static func answering(_ statuses: [Int], _ body: (WebhookReceiver) async throws -> Void) async throws {
        let receiver = WebhookReceiver(statuses)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Conversation(receiver))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        receiver.state.withLock { $0.port = channel.localAddress?.port ?? 0 }
        do {
            try await body(receiver)
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }

    var host: String { "127.0.0.1:\(state.withLock { $0.port })" }
    var url: String { "http://\(host)/hook" }
    var deliveries: [Delivery] { state.withLock { $0.deliveries } }

    /// What a server's configuration says to allow this receiver.
    var settings: ServerSettings { Self.settings(allowing: host) }

    static func settings(allowing host: String) -> ServerSettings {
        ServerSettings(lines: ["webhooks: {hosts: [\"\(host)\"], allow_plain_http: true}"])
    }

    /// A config that wants its end told here.
    func config(_ experiment: String = "told") -> TaskConfig {
        TaskConfig(experiment: experiment, further: ["webhook_url": .string(url)])
    }

    /// Waits for so many requests.
    func received(_ count: Int) async throws -> [Delivery] {
        try await Patience.value("the receiver has \(count) requests") {
            let deliveries = deliveries
            return deliveries.count >= count ? deliveries : nil
        }
    }

    /// - Returns: nil where there is none.
    fileprivate func answer(to delivery: Delivery) -> String? {
        let (status, host) = state.withLock { state in
            state.deliveries.append(delivery)
            let status = state.statuses.count > 1 ? state.statuses.removeFirst() : state.statuses[0]
            return (status, state.port)
        }
        if status == 0 { return nil }
        // What follows this would be seen.
        let location = (300..<400).contains(status) ? "Location: http://127.0.0.1:\(host)/elsewhere\r\n" : ""
        return "HTTP/1.1 \(status) Said\r\n\(location)Content-Length: 0\r\nConnection: close\r\n\r\n"
    }
}

/// Reads one request, as long as its Content-Length says, and writes the answer.
private final class Conversation: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let receiver: WebhookReceiver
    private var bytes = Data()
    private var hasAnswered = false

    init(_ receiver: WebhookReceiver) {
        self.receiver = receiver
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes += Data(unwrapInboundIn(data).readableBytesView)
        guard !hasAnswered, let end = bytes.range(of: Data("\r\n\r\n".utf8)) else { return }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let fields = lines.dropFirst().map { $0.split(separator: ":", maxSplits: 1) }.filter { $0.count == 2 }
        let headers = Dictionary(
            fields.map { ($0[0].lowercased(), $0[1].trimmingCharacters(in: .whitespaces)) }, uniquingKeysWith: { $1 })
        let body = Data(bytes[end.upperBound...])
        guard body.count >= headers["content-length"].flatMap({ Int($0) }) ?? 0 else { return }
        hasAnswered = true
        let words = lines[0].split(separator: " ")
        let delivery = WebhookReceiver.Delivery(
            path: words.count > 1 ? "\(words[0]) \(words[1])" : lines[0], headers: headers, body: body)
        guard let answer = receiver.answer(to: delivery) else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
        context.close(promise: nil)
    }
}
