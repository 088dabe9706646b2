import Foundation
package import HTTPTypes
package import Hummingbird
import NIOCore
import NIOFoundationCompat
import SlipwayAPI

extension Response {
    /// A value as the native API writes JSON.
    package static func json(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) throws -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        let body = ByteBuffer(data: try WireJSON.encoder().encode(value))
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    package static func text(_ text: String, contentType: String = "text/plain; charset=utf-8") -> Response {
        Response(
            status: .ok, headers: [.contentType: contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    package static func redirection(to location: String) -> Response {
        Response(status: .seeOther, headers: [.location: location])
    }
}
