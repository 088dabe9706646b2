import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix
import OpenInference
import SlipwayCore

extension Response {
    /// Bytes up to which compressing takes no longer than handing it to another thread.
    private static let smallBody = 32 << 10

    /// An answer whose JSON the protocol's own types write.
    static func openInference(
        status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], _ write: (inout ByteBuffer) throws -> Void
    ) rethrows -> Response {
        var body = ByteBuffer()
        try write(&body)
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    /// The answer to an inference, compressed where the request wants that.
    static func inference(
        _ response: InferenceResponse, by version: ModelVersion, for request: Request
    ) async throws -> Response {
        var body = ByteBuffer()
        let jsonLength = try response.write(into: &body)
        var headers = HTTPFields(producedBy: version)
        headers[.contentType] = jsonLength == nil ? "application/json" : "application/octet-stream"
        if let jsonLength { headers[.inferenceHeaderContentLength] = "\(jsonLength)" }
        return try await .compressed(body, headers: headers, for: request)
    }

    /// A body in the coding that the request asks for.
    static func compressed(_ body: ByteBuffer, headers: HTTPFields, for request: Request) async throws -> Response {
        guard let coding = ContentCoding.wanted(by: request.headers) else {
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
        }
        let deflater = Deflater(coding: coding)
        let sent =
            body.readableBytes <= smallBody
            ? try deflater.deflate(body)
            : try await NIOThreadPool.singleton.runIfActive { try deflater.deflate(body) }
        var headers = headers
        headers[.contentEncoding] = coding.rawValue
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: sent))
    }
}

extension HTTPFields {
    /// Which version of a model an answer comes from, and its archive's SHA-256.
    init(producedBy version: ModelVersion) {
        self.init()
        self[.slipwayModelVersion] = "\(version.version)"
        self[.slipwayModelDigest] = version.sha256
    }
}
