import Hummingbird
import SlipwayCore
import SlipwayServices

/// Finds the user behind a request; each time anew, so that what an administrator changes counts at once.
struct Authenticator: Sendable {
    let users: UserService
    let tokens: LoginTokens

    /// - Returns: nil where the request brings no credentials.
    /// - Throws: `Problem` with status 401 for credentials that are not good, or what the services throw.
    func user(of request: Request) async throws -> User? {
        switch try Credentials(request) {
        case .none: return nil
        case .bearer(let token) where token.hasPrefix("slw_"): return try await users.authenticate(token: token)
        case .bearer(let token), .session(let token):
            guard let id = try await tokens.subject(of: token), let user = try await users.user(id) else {
                throw Problem.unauthenticated("The token is not valid, or its time is over. Log in again.")
            }
            return user
        }
    }
}
