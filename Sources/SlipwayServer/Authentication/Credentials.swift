import Foundation
import HTTPTypes
import Hummingbird

/// What a request brings to show who sends it.
enum Credentials: Equatable {
    case none
    case bearer(String)
    /// A browser's session; good for looking only, because a browser sends it without being asked.
    case session(String)

    /// - Throws: `Problem` with status 401 for an Authorization header of another kind.
    init(_ request: Request) throws {
        if let header = request.headers[.authorization] {
            let words = header.split(separator: " ", maxSplits: 1)
            guard words.count == 2, words[0].lowercased() == "bearer" else {
                throw Problem.unauthenticated("The Authorization header must read “Bearer TOKEN”.")
            }
            self = .bearer(words[1].trimmingCharacters(in: .whitespaces))
        } else if let token = SessionCookie.token(in: request.headers), request.method.isLooking {
            self = .session(token)
        } else {
            self = .none
        }
    }
}

extension HTTPRequest.Method {
    /// Changes nothing on the server (RFC 9110 section 9.2.1).
    var isLooking: Bool { self == .get || self == .head }
}
