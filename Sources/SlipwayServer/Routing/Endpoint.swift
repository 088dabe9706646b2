package import HTTPTypes
package import Hummingbird
package import SlipwayCore

/// One route: method, path, who may call it, what the documentation says of it, and what it does.
package struct Endpoint: Sendable {
    package enum Access: Sendable {
        /// Nobody has to say who they are.
        case open
        /// Every user.
        case user
        case admin
    }

    package let method: HTTPRequest.Method
    /// Path template such as `/api/v1/tasks/{id}`; `**` at its end stands for any further path.
    package let path: String
    package let access: Access
    package let documentation: EndpointDocumentation
    /// The user is nil for open endpoints alone.
    let respond: @Sendable (Call, User?) async throws -> Response

    /// An endpoint that needs no credentials.
    package init(
        open method: HTTPRequest.Method, _ path: String, _ documentation: EndpointDocumentation,
        respond: @escaping @Sendable (Call) async throws -> Response
    ) {
        self.method = method
        self.path = path
        self.access = .open
        self.documentation = documentation
        self.respond = { call, _ in try await respond(call) }
    }

    /// An endpoint for known users, or with `adminsOnly` for some of them.
    package init(
        _ method: HTTPRequest.Method, _ path: String, adminsOnly: Bool = false,
        _ documentation: EndpointDocumentation, respond: @escaping @Sendable (Call, User) async throws -> Response
    ) {
        self.method = method
        self.path = path
        self.access = adminsOnly ? .admin : .user
        self.documentation = documentation
        self.respond = { call, user in
            guard let user else { throw Problem.credentialsMissing }
            return try await respond(call, user)
        }
    }
}
