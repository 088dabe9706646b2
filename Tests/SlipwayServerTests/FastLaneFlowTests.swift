import NIOCore
import NIOHTTP1
import Testing

@testable import SlipwayServer

@Suite("Which requests of a connection take the fast lane")
struct FastLaneFlowTests {
    private static let fast = HTTPServerRequestPart.head(
        HTTPRequestHead(version: .http1_1, method: .POST, uri: "/fast"))
    private static let slow = HTTPServerRequestPart.head(HTTPRequestHead(version: .http1_1, method: .GET, uri: "/slow"))
    private static let body = HTTPServerRequestPart.body(ByteBuffer(string: "ab"))
    private static let end = HTTPServerRequestPart.end(nil)

    private var flow = FastLaneFlow()

    private mutating func arrive(_ parts: HTTPServerRequestPart...) -> [String] {
        parts.map { part in
            switch flow.partArrived(part, mayTakeLane: { $0.uri == "/fast" }) {
            case .nothing: "-"
            case .forward(let parts): Self.text(parts)
            case .answer(let head, let body): "answer \(head.uri) \(String(buffer: body))"
            }
        }
    }

    private static func text(_ parts: [HTTPServerRequestPart]) -> String {
        parts.map { part in
            switch part {
            case .head(let head): head.uri
            case .body(let bytes): String(buffer: bytes)
            case .end: "."
            }
        }.joined(separator: " ")
    }

    @Test("A request alone on its connection is answered when all of it is there")
    mutating func alone() {
        #expect(arrive(Self.fast, Self.body, Self.body, Self.end) == ["-", "-", "-", "answer /fast abab"])
        #expect(flow.laneAnswered().isEmpty)
        #expect(arrive(Self.fast, Self.end) == ["-", "answer /fast "])
    }

    @Test("What arrives while it is answered waits, and is looked at anew afterwards")
    mutating func waiting() {
        _ = arrive(Self.fast, Self.end)
        #expect(arrive(Self.slow, Self.end, Self.fast) == ["-", "-", "-"])
        #expect(flow.isHolding)
        #expect(Self.text(flow.laneAnswered()) == "/slow . /fast")
        #expect(!flow.isHolding)
    }

    @Test("While the server behind has an answer to give, every request goes to it")
    mutating func passing() {
        #expect(arrive(Self.slow, Self.end, Self.fast, Self.body, Self.end) == ["/slow", ".", "/fast", "ab", "."])
        flow.serverAnswered()
        #expect(arrive(Self.fast, Self.end) == ["/fast", "."])
        flow.serverAnswered()
        flow.serverAnswered()
        #expect(arrive(Self.fast, Self.end) == ["-", "answer /fast "])
    }

    @Test("What the lane cannot answer goes to the server whole, and then what came after it")
    mutating func declined() {
        _ = arrive(Self.fast, Self.body, Self.end)
        _ = arrive(Self.fast, Self.end)
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/fast")
        guard case .forward(let parts) = flow.laneDeclined(head, body: ByteBuffer(string: "ab")) else {
            Issue.record("nothing was forwarded")
            return
        }
        #expect(Self.text(parts) == "/fast ab . /fast .")
        // Both are the server's now.
        flow.serverAnswered()
        #expect(arrive(Self.fast, Self.end) == ["/fast", "."])
    }

    @Test("The rest of a body whose answer did not wait for it is not taken for a request")
    mutating func early() {
        #expect(arrive(Self.slow, Self.body) == ["/slow", "ab"])
        flow.serverAnswered()
        #expect(arrive(Self.body, Self.end) == ["ab", "."])
        #expect(arrive(Self.fast, Self.end) == ["-", "answer /fast "])
    }

    @Test(
        "Only inferences of the protocol are for the lane, and only those whose path is plain",
        arguments: [
            ("/v2/models/wine/infer", "wine", nil), ("/v2/models/wine/versions/3/infer", "wine", "3"),
            ("/v2/models/a/versions/best/infer", "a", "best"),
        ] as [(String, String, String?)])
    func paths(uri: String, name: String, selector: String?) {
        let path = FastLanePath(uri)
        #expect(path?.name == name)
        #expect(path?.selector == selector)
    }

    @Test(
        "Every other path goes the long way",
        arguments: [
            "/v2/models/wine/infer?x=1", "/v2/models/w%20e/infer", "/v2/models/infer", "/v2/models/a/b/infer",
            "/v2/models/a/versions/1/x/infer", "/v2/models/wine/ready", "/v1/models/wine/infer", "/",
        ])
    func otherPaths(uri: String) {
        #expect(FastLanePath(uri) == nil)
    }
}
