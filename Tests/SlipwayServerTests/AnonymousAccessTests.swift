import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import SlipwayServer

@Suite("Requests without credentials at a dialect's port")
struct AnonymousAccessTests {
    private static func refusal(_ authority: String, _ headers: HTTPFields = [:], local: Bool = true) -> String? {
        let head = HTTPRequest(
            method: .post, scheme: "http", authority: authority, path: "/upload", headerFields: headers)
        return AnonymousAccess.refusal(
            Request(head: head, body: RequestBody(buffer: ByteBuffer())), wantsLocalHost: local)
    }

    @Test(
        "Programs that call this machine by its own name are let in",
        arguments: [
            "localhost:8083", "localhost", "127.0.0.1:8083", "127.0.1.1", "[::1]:8083", "LOCALHOST:1",
        ])
    func local(authority: String) {
        #expect(Self.refusal(authority) == nil)
    }

    @Test(
        "A name that somebody else can lead here is not",
        arguments: [
            "example.org:8083", "127.0.0.1.example.org", "127.example.org:8083", "10.0.0.1:8083", "",
            "localhost.example.org",
        ])
    func foreign(authority: String) {
        #expect(Self.refusal(authority) != nil)
        #expect(Self.refusal(authority, local: false) == nil)
    }

    @Test("A browser that asks for another site is not let in, whichever name it uses")
    func otherSites() {
        for site in ["cross-site", "same-site"] {
            #expect(Self.refusal("localhost:8083", [.secFetchSite: site], local: false) != nil)
        }
        #expect(Self.refusal("localhost:8083", [.secFetchSite: "same-origin"]) == nil)
        for origin in ["http://evil.example", "http://localhost:8084", "null"] {
            #expect(Self.refusal("localhost:8083", [.origin: origin], local: false) != nil, "\(origin)")
        }
        #expect(Self.refusal("localhost:8083", [.origin: "http://localhost:8083"]) == nil)
    }
}
