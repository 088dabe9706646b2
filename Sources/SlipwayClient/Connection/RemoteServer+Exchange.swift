import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import SlipwayAPI

extension RemoteServer {
    /// No answer that is read whole is larger.
    private static var answerLimit: Int { 256 << 20 }
    private static var problemLimit: Int { 1 << 20 }

    /// Sends a request and answers when the head of a successful reply is there; any other reply is thrown.
    func open(_ request: HTTPClientRequest, alsoAccepting statuses: Set<UInt> = []) async throws -> HTTPClientResponse {
        let response: HTTPClientResponse
        do {
            response = try await client.execute(request, deadline: .distantFuture)
        } catch {
            throw ConnectionFailure.error(from: error, url: configuration.url)
        }
        if (200..<300).contains(response.status.code) || statuses.contains(response.status.code) { return response }
        let body = try? await response.body.collect(upTo: Self.problemLimit)
        throw Refusal.error(
            status: Int(response.status.code), location: response.headers.first(name: "Location"), body: body,
            url: configuration.url)
    }

    /// Sends a request and reads the whole body of a successful reply.
    func bytes(_ request: HTTPClientRequest) async throws -> ByteBuffer {
        let response = try await open(request)
        do {
            return try await response.body.collect(upTo: Self.answerLimit)
        } catch {
            throw ConnectionFailure.error(from: error, url: configuration.url)
        }
    }

    /// Sends a request and decodes the reply.
    func answer<Value: Decodable & Sendable>(
        to request: HTTPClientRequest, as type: Value.Type = Value.self
    ) async throws -> Answer<Value> {
        let raw = try await bytes(request)
        do {
            return Answer(value: try WireJSON.decoder().decode(Value.self, from: Data(buffer: raw)), raw: raw)
        } catch {
            throw ClientError(
                .unexpectedAnswer,
                "the answer of \(configuration.url) is not the one of a Slipway server of this version: \(error)",
                underlying: error)
        }
    }
}
