import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix

/// A request's body as it was before it was compressed, and where its JSON ends.
struct InferenceBody {
    let bytes: ByteBuffer
    /// `Inference-Header-Content-Length`; nil where the body is JSON alone.
    let jsonLength: Int?

    /// Reads a whole body.
    ///
    /// - Parameter limit: Bytes that it may have, as it is sent and decompressed.
    /// - Throws: `Problem` with status 413, 415 for a compression that is not known, 400.
    static func receive(_ request: Request, limit: Int) async throws -> InferenceBody {
        let jsonLength = try jsonLength(request.headers)
        let coding = try ContentCoding.of(request.headers)
        try UploadLimit.check(request, maximumBytes: Int64(limit))
        let sent = try await request.body.collect(upTo: limit)
        guard let coding else { return InferenceBody(bytes: sent, jsonLength: jsonLength) }
        // Few bytes may grow to many: not on the threads that all requests share.
        let bytes = try await NIOThreadPool.singleton.runIfActive {
            try Inflater(coding: coding, limit: limit).inflate(sent)
        }
        return InferenceBody(bytes: bytes, jsonLength: jsonLength)
    }

    private static func jsonLength(_ fields: HTTPFields) throws -> Int? {
        guard let header = fields[.inferenceHeaderContentLength] else { return nil }
        guard let length = Int(header), length >= 0 else {
            throw Problem(
                parameter: "Inference-Header-Content-Length", value: header,
                "must be the length of the JSON in bytes, or 0 for a body without JSON.")
        }
        return length
    }
}
