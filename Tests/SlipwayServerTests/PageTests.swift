import HTTPTypes
import Hummingbird
import Testing

@testable import SlipwayServer

@Suite("Pages")
struct PageTests {
    @Test(
        "Text is escaped, markup is not",
        arguments: [
            ("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"),
            ("a & \"b\"", "a &amp; &quot;b&quot;"), ("é 🦆 line\nnext\tcell", "é 🦆 line\nnext\tcell"),
            ("nul\u{0} bell\u{7} del\u{7F}", "nul\u{FFFD} bell\u{FFFD} del\u{FFFD}"),
        ])
    func escaping(text: String, expected: String) {
        let part: HTML = "<b>\(text)</b>"
        let whole: HTML = "<p>\(part)\([part, part])</p>"
        #expect(part.markup == "<b>\(expected)</b>")
        #expect(whole.markup == "<p>\(part.markup)\(part.markup)\(part.markup)</p>")
    }

    @Test("A page may load nothing and run nothing")
    func policy() throws {
        let response = Page(title: "t", body: "b").response()
        let policy = try #require(response.headers[.contentSecurityPolicy])
        #expect(policy.contains("default-src 'none'"))
        #expect(policy.contains("style-src 'sha256-"))
        #expect(!policy.contains("unsafe"))
        #expect(response.headers[.contentType] == "text/html; charset=utf-8")
    }

    @Test("The login page does not carry a foreign address on")
    func loginPage() {
        let page = LoginPage(next: LocalPath("//evil.example"), problem: "<no>").response(status: .unauthorized)
        #expect(page.status == .unauthorized)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
    }
}
