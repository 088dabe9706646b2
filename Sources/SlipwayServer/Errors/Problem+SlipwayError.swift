import HTTPTypes
import SlipwayAPI
package import SlipwayCore

extension Problem {
    /// The HTTP status and headers of a refusal by the services.
    package init(_ error: SlipwayError) {
        let fields = error.faults.map { ProblemAnswer.Field(path: $0.path, value: $0.value, message: $0.message) }
        self.init(.badRequest, error.message, fields: fields)
        switch error.code {
        case .invalid: status = .badRequest
        case .unauthenticated:
            status = .unauthorized
            headers[.wwwAuthenticate] = "Bearer error=\"invalid_token\""
        case .forbidden: status = .forbidden
        case .notFound: status = .notFound
        case .gone: status = .gone
        case .conflict: status = .conflict
        case .tooLarge: status = .contentTooLarge
        case .unavailable:
            status = .serviceUnavailable
            headers[.retryAfter] = "5"
        case .unsupported: status = .notImplemented
        case .internal: self = .fault
        }
    }

    /// A fault on our side: the cause goes to the log, never to the client.
    static var fault: Problem {
        Problem(
            .internalServerError,
            "Something went wrong inside the server. Its log has the cause under this answer's X-Request-Id.")
    }
}
