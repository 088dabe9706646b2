import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import SlipwayCore

/// Posts one message and reads the answer, within a time limit.
struct WebhookSender: Sendable {
    let client: HTTPClient
    let configuration: WebhookConfiguration

    /// Seconds for connecting, sending and the answer, all together.
    static let timeLimit = 10.0
    /// Bytes of an answer's body that are read, so that the connection can be used again.
    private static let bodyLimit = 64 << 10

    static var clientConfiguration: HTTPClient.Configuration {
        // A redirect could lead to a host that the operator did not allow.
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(5)
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    /// - Throws: `CancellationError` where the calling task is cancelled; errors of the key's file.
    func send(_ message: WebhookMessage) async throws -> WebhookOutcome {
        let url: WebhookURL
        do {
            // The operator's list may be another one than when the task came.
            url = try WebhookURL(message.url, allowedBy: configuration)
        } catch {
            return .refused("webhook_url \(error.message).")
        }
        let request = try await request(message, to: url)
        do {
            return WebhookOutcome(status: try await status(of: request))
        } catch {
            try Task.checkCancellation()
            return .failed("The receiver gave no answer: \(Self.words(error))")
        }
    }

    private func request(_ message: WebhookMessage, to url: WebhookURL) async throws -> HTTPClientRequest {
        let file = WebhookSecretFile(path: configuration.secretFile)
        let secret = try await BlockingIO.run { try file.secret() }
        let body = try WebhookBody(message).json()
        let id = message.claim.id.uuidString.lowercased()
        let timestamp = Int(Date().timeIntervalSince1970)
        var request = HTTPClientRequest(url: url.text)
        request.method = .POST
        request.headers = [
            "content-type": "application/json", "user-agent": "Slipway", "webhook-id": id,
            "webhook-timestamp": String(timestamp),
            "webhook-signature": secret.signature(id: id, timestamp: timestamp, body: body),
        ]
        request.body = .bytes(ByteBuffer(bytes: body))
        return request
    }

    private func status(of request: HTTPClientRequest) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask { [client] in
                let response = try await client.execute(request, timeout: .seconds(Int64(Self.timeLimit)))
                var left = Self.bodyLimit
                for try await chunk in response.body {
                    left -= chunk.readableBytes
                    if left < 0 { break }
                }
                return Int(response.status.code)
            }
            group.addTask {
                try await Task.sleep(for: .seconds(Self.timeLimit))
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            return try await group.next() ?? 0
        }
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError where error == .deadlineExceeded:
            "none came within \(Int(timeLimit)) seconds."
        case let error as HTTPClientError where error == .connectTimeout:
            "no connection within 5 seconds."
        case let error as HTTPClientError: "\(error.shortDescription)."
        case let error as IOError: "\(String(cString: strerror(error.errnoCode)))."
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { words($0.error) } ?? "its name is not known."
        default: String("\(error)".prefix(300))
        }
    }
}
