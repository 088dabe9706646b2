import Foundation
import HTTPTypes
package import Hummingbird
import NIOCore
import NIOFoundationCompat
import OpenInference
import SlipwayAPI

/// The shape in which an API tells its errors.
package struct ErrorStyle: Sendable {
    /// Media type and body for a problem.
    package typealias Render = @Sendable (Problem) throws -> (contentType: String, body: ByteBuffer)

    let render: Render

    package init(_ render: @escaping Render) {
        self.render = render
    }

    /// RFC 9457, `application/problem+json`.
    package static let problemJSON = ErrorStyle { problem in
        ("application/problem+json", ByteBuffer(data: try WireJSON.encoder().encode(problem.answer)))
    }

    /// `{"error": "…"}`, as in the Open Inference Protocol.
    package static let errorMember = ErrorStyle { problem in
        var body = ByteBuffer()
        ErrorResponse(problem.detail).write(into: &body)
        return ("application/json", body)
    }

    func response(for problem: Problem) throws -> Response {
        let (contentType, body) = try render(problem)
        var headers = problem.headers
        headers[.contentType] = contentType
        return Response(status: problem.status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
