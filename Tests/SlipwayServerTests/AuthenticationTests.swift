import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import SlipwayServer

@Suite("Credentials")
struct AuthenticationTests {
    private func request(_ headers: HTTPFields, method: HTTPRequest.Method = .get, path: String = "/task/1") -> Request
    {
        Request(
            head: HTTPRequest(method: method, scheme: nil, authority: nil, path: path, headerFields: headers),
            body: RequestBody(buffer: ByteBuffer()))
    }

    @Test(
        "A bearer token is taken whatever the case of its scheme",
        arguments: ["Bearer abc", "bearer  abc", "BEARER abc"])
    func bearer(header: String) throws {
        #expect(try Credentials(request([.authorization: header])) == .bearer("abc"))
    }

    @Test("Other schemes are refused", arguments: ["Basic YTpi", "Bearer", "abc", ""])
    func otherSchemes(header: String) {
        #expect(throws: Problem.self) { try Credentials(request([.authorization: header])) }
    }

    @Test("A session's cookie is good for looking and not for changing")
    func sessions() throws {
        let cookie: HTTPFields = [.cookie: "theme=dark; slipway_session=a.b.c"]
        #expect(try Credentials(request(cookie)) == .session("a.b.c"))
        #expect(try Credentials(request(cookie, method: .post)) == .none)
        #expect(try Credentials(request(cookie, method: .delete)) == .none)
        #expect(try Credentials(request([.cookie: "xslipway_session=a"])) == .none)
    }

    @Test("The session's cookie is out of reach of scripts and other sites")
    func cookieAttributes() {
        let cookie = SessionCookie.setting("t", seconds: 60, isSecure: true)
        for attribute in ["HttpOnly", "SameSite=Strict", "Secure", "Max-Age=60", "Path=/"] {
            #expect(cookie.contains(attribute))
        }
        #expect(!SessionCookie.setting("t", seconds: 60, isSecure: false).contains("Secure"))
    }

    @Test(
        "The login page leads to this server alone",
        arguments: [
            ("/task/1", true), ("/", true), ("/a?b=c&d=%2F", true), ("//evil.example", false),
            ("/\\evil.example", false),
            ("https://evil.example", false), ("javascript:alert(1)", false), ("", false), ("task", false),
            ("/a\r\nSet-Cookie: x", false), ("/a b", false), ("/é", false), ("/\u{0}", false),
        ])
    func nextPaths(text: String, isLocal: Bool) {
        #expect((LocalPath(text) != nil) == isLocal)
    }

    @Test("Browsers are sent to the login page, programs are not")
    func redirection() {
        let browser = request([.accept: "text/html,application/xhtml+xml,*/*;q=0.8"], path: "/task/1?x=y")
        #expect(BrowserLogin.redirection(for: browser)?.headers[.location] == "/login?next=%2Ftask%2F1%3Fx%3Dy")
        #expect(BrowserLogin.redirection(for: request([.accept: "*/*"])) == nil)
        #expect(BrowserLogin.redirection(for: request([.accept: "application/json, text/html"])) == nil)
        #expect(BrowserLogin.redirection(for: request([.accept: "text/html"], method: .post)) == nil)
        #expect(BrowserLogin.redirection(for: request([.accept: "text/html", .authorization: "Bearer x"])) == nil)
    }
}
