import Foundation
import SlipwayAPI
import Testing

@Suite("A browser", .sharedServer())
struct BrowserTests {
    private static let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

    @Test("A task's page shows a nasty name as text, to whoever has logged in")
    func page() async throws {
        let server = try TestServer.shared()
        let name = #"<script>alert('x')</script> & "quoted" <img src=x onerror=y>"#
        let task = try await server.submit(TaskConfig(experiment: name, modelName: "page"), .barren)
        let path = "/task/\(task.id)"
        let away = try await server.get(path, as: nil, headers: ["Accept": Self.accept])
        #expect(away.status == 303)
        #expect(away.headers["location"] == "/login?next=%2Ftask%2F\(task.id)")

        let form = try await server.get("/login?next=%2Ftask%2F\(task.id)", as: nil, headers: ["Accept": Self.accept])
        #expect(form.status == 200)
        #expect(form.text.contains("value=\"\(path)\""))
        let entered = try await server.login("/login", LoginTests.right + "&next=\(path)")
        #expect(entered.status == 303)
        #expect(entered.headers["location"] == path)
        let cookie = try #require(entered.headers["set-cookie"])
        for word in ["HttpOnly", "SameSite=Strict", "Path=/"] { #expect(cookie.contains(word)) }
        let pair = try #require(cookie.split(separator: ";").first.map(String.init))

        try await task.until("succeeded")
        let page = try await server.get(path, as: nil, headers: ["Accept": Self.accept, "Cookie": pair])
        #expect(page.status == 200)
        #expect(page.headers["content-type"]?.hasPrefix("text/html") == true)
        #expect(page.headers["content-security-policy"]?.isEmpty == false)
        #expect(page.text.contains("&lt;script&gt;alert("))
        #expect(page.text.contains("&lt;img src=x onerror=y&gt;"))
        #expect(!page.text.contains("<script>alert"))
        #expect(!page.text.contains("<img"))
        #expect(page.text.contains("succeeded"))
        #expect(page.text.contains("nothing to keep"))

        let plain = try await server.get(path, headers: ["Accept": "*/*"])
        #expect(plain.headers["content-type"]?.hasPrefix("application/json") == true)
        let posted = try await server.send("POST", "\(task.path)/retry", as: nil, headers: ["Cookie": pair])
        #expect(posted.status == 401, "a cookie alone changes nothing")
    }

    @Test("A page refreshes itself while its task goes on, and no longer once it is over")
    func refresh() async throws {
        let server = try TestServer.shared()
        let task = try await server.submit(TaskConfig(), .gated)
        try await task.until("running")
        let running = try await server.get("/task/\(task.id)", headers: ["Accept": Self.accept])
        #expect(running.text.contains("http-equiv=\"refresh\""))
        try task.openGate()
        try await task.until("succeeded")
        let ended = try await server.get("/task/\(task.id)", headers: ["Accept": Self.accept])
        #expect(!ended.text.contains("http-equiv=\"refresh\""))
    }

    @Test(
        "A wrong password shows the form again, and a login leads to no other host",
        arguments: ["//evil.example/x", "https://evil.example/", #"/\evil.example"#])
    func elsewhere(next: String) async throws {
        let server = try TestServer.shared()
        let wrong = try await server.login("/login", "username=ada&password=wrong&next=/docs")
        #expect(wrong.status == 401)
        #expect(wrong.text.contains("<form method=\"post\" action=\"/login\">"))
        #expect(wrong.headers["set-cookie"] == nil)
        let entered = try await server.login("/login", LoginTests.right + "&next=\(next)")
        #expect(entered.headers["location"] == "/docs")
        let foreign = try await server.login("/login", LoginTests.right, headers: ["Sec-Fetch-Site": "cross-site"])
        #expect(foreign.status == 403)
    }

    @Test("What is not found is told on a page")
    func problem() async throws {
        let server = try TestServer.shared()
        let page = try await server.get("/task/0123456789", headers: ["Accept": Self.accept])
        #expect(page.status == 404)
        #expect(page.headers["content-type"]?.hasPrefix("text/html") == true)
    }
}
