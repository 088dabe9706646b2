import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// An answer whose JSON the protocol's own types write.
    static func openInference(
        status: HTTPResponse.Status = .ok, _ write: (inout ByteBuffer) -> Void
    ) -> Response {
        var body = ByteBuffer()
        write(&body)
        return Response(
            status: status, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: body))
    }
}
