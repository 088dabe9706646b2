package import Hummingbird
import Logging
import NIOCore

/// What the server keeps of one request besides the request itself.
package struct ServerContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Name of the request in the log and in the answer's `X-Request-Id`.
    package let requestID: String
    let channel: any Channel
    let notes = RequestNotes()

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        requestID = String(UInt64.random(in: .min ... .max), radix: 36)
        logger = source.logger
        logger[metadataKey: "hb.request.id"] = nil
        logger[metadataKey: "request_id"] = .string(requestID)
    }

    /// Whether the other end of the connection is this machine, and speaks for itself.
    func isFromLoopback(_ request: Request) -> Bool {
        guard request.headers[.xForwardedFor] == nil, request.headers[.forwarded] == nil else { return false }
        if case .unixDomainSocket = channel.remoteAddress { return true }
        guard let address = channel.remoteAddress?.ipAddress else { return false }
        return address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }
}
