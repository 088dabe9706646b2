import Foundation
import HTTPTypes
import Hummingbird
import Multipart
import NIOCore
import SlipwayServer
import SlipwayServices

/// Forms as old clients send them.
enum FormReading {
    /// The parts of a multipart form, one after the other, within the server's limits.
    ///
    /// - Throws: `Problem` with status 415 for a request that is none.
    static func parts(of call: Call, limits: Configuration.Limits) throws -> MultipartStream<RequestBody> {
        guard let contentType = call.request.headers[.contentType] else {
            throw Problem(
                .unsupportedMediaType, "The request has no Content-Type; a form is wanted, as from curl -F name=value.")
        }
        let boundary = try MultipartBoundary(contentType: contentType)
        try UploadLimit.check(call.request, maximumBytes: limits.maximumRequestBytes)
        return MultipartStream(
            call.request.body, boundary: boundary,
            limits: MultipartLimits(
                maximumParts: limits.maximumParts, maximumPartBytes: limits.maximumPartBytes,
                maximumFieldBytes: Int64(limits.maximumConfigBytes), maximumTotalBytes: limits.maximumRequestBytes))
    }

    static func isMultipart(_ request: Request) -> Bool {
        request.headers[.contentType]?.lowercased().hasPrefix("multipart/form-data") == true
    }

    /// The values of a small form: multipart or URL-encoded in the body, then those of the query string.
    static func fields(of call: Call, limits: Configuration.Limits) async throws -> [String: String] {
        var fields: [String: String] = [:]
        for name in call.query.names { fields[name] = call.query[name] }
        guard isMultipart(call.request) else {
            let body = try await call.request.body.collect(upTo: limits.maximumConfigBytes)
            let items = QueryItems(String(buffer: body))
            for name in items.names { fields[name] = items[name] }
            return fields
        }
        var small = limits
        small.maximumPartBytes = Int64(limits.maximumConfigBytes)
        small.maximumRequestBytes = Int64(limits.maximumConfigBytes)
        var (name, value) = ("", ByteBuffer())
        for try await event in try parts(of: call, limits: small) {
            switch event {
            case .partBegan(let head): (name, value) = (head.name, ByteBuffer())
            case .body(var bytes): value.writeBuffer(&bytes)
            case .partEnded: fields[name] = String(buffer: value)
            case .finished: break
            }
        }
        return fields
    }
}
