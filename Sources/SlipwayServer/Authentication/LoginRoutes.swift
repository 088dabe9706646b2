import HTTPTypes
import Hummingbird
import SlipwayCore
import SlipwayServices

/// Logging in: for programs with a token as the answer, for browsers with a page and a cookie.
struct LoginRoutes: RouteRegistration {
    let users: UserService
    let tokens: LoginTokens
    let isSecure: Bool

    var endpoints: [Endpoint] {
        [
            Endpoint(
                open: .post, "/auth/login",
                EndpointDocumentation(
                    "Users", "Answers a token for a name and a password (OAuth 2 password grant, or JSON).",
                    body: .init("application/x-www-form-urlencoded", curl: "-d username=NAME -d password=PASSWORD"),
                    answer: .json(LoginAnswer(accessToken: "eyJhbGciOiJIUzI1NiJ9…", expiresIn: 43_200))),
                respond: login),
            Endpoint(
                open: .get, "/login",
                EndpointDocumentation("Users", "The login page for browsers.", answer: .other("text/html"))
            ) { call in
                LoginPage(next: call.query["next"].flatMap(LocalPath.init), problem: nil).response()
            },
            Endpoint(
                open: .post, "/login",
                EndpointDocumentation(
                    "Users", "What the login page sends: sets the session's cookie.",
                    body: .init("application/x-www-form-urlencoded", curl: "-d username=NAME -d password=PASSWORD"),
                    answer: .other("text/html", status: 303)),
                respond: loginFromPage),
            Endpoint(
                open: .post, "/logout",
                EndpointDocumentation("Users", "Ends a browser's session.", answer: .other("text/html", status: 303))
            ) { _ in
                var response = Response.redirection(to: "/login")
                response.headers[.setCookie] = SessionCookie.clearing
                return response
            },
        ]
    }

    @Sendable private func login(_ call: Call) async throws -> Response {
        let login = try await LoginRequest(reading: call.request)
        do {
            let user = try await users.authenticate(name: login.username, password: login.password)
            call.context.notes.user = user.name
            let answer = LoginAnswer(
                accessToken: try await tokens.issue(to: user.id), expiresIn: tokens.lifetimeSeconds)
            return try .json(answer)
        } catch let error as SlipwayError where error.code == .unauthenticated {
            throw Problem(.unauthorized, error.message, headers: [.wwwAuthenticate: "Bearer"])
        }
    }

    @Sendable private func loginFromPage(_ call: Call) async throws -> Response {
        // Another site must not log a person in as somebody else.
        if let site = call.request.headers[.secFetchSite], !["same-origin", "none"].contains(site) {
            throw Problem(.forbidden, "The login form was sent by another site.")
        }
        let login = try await LoginRequest(reading: call.request)
        let next = login.next.flatMap(LocalPath.init)
        do {
            let user = try await users.authenticate(name: login.username, password: login.password)
            call.context.notes.user = user.name
            let token = try await tokens.issue(to: user.id)
            var response = Response.redirection(to: next?.text ?? "/docs")
            response.headers[.setCookie] = SessionCookie.setting(
                token, seconds: tokens.lifetimeSeconds, isSecure: isSecure)
            return response
        } catch let error as SlipwayError where error.code == .unauthenticated {
            return LoginPage(next: next, problem: error.message).response(status: .unauthorized)
        }
    }
}
