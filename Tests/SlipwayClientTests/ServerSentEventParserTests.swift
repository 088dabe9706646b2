import NIOCore
import SlipwayClient
import Testing

@Suite("Server-sent events")
struct ServerSentEventParserTests {
    private func events(in chunks: [String]) throws -> [ServerSentEvent] {
        var parser = ServerSentEventParser()
        return try chunks.flatMap { try parser.received(ByteBuffer(string: $0)) }
    }

    @Test(
        "Fields, comments and line ends are read as the standard says",
        arguments: [
            ("data: a\n\n", [ServerSentEvent(data: "a")]),
            ("data:a\r\n\r\n", [ServerSentEvent(data: "a")]),
            ("data: a\r\rdata: b\r\r", [ServerSentEvent(data: "a"), ServerSentEvent(data: "b")]),
            ("data:  a\n\n", [ServerSentEvent(data: " a")]),
            ("data: a\ndata: b\ndata\n\n", [ServerSentEvent(data: "a\nb\n")]),
            (": keep-alive\n\nid: 3\nevent: state\ndata: x: y\n\n", [.init(id: "3", type: "state", data: "x: y")]),
            ("id: 3\ndata: a\n\ndata: b\n\n", [.init(id: "3", data: "a"), .init(id: "3", data: "b")]),
            ("id: 3\n\ndata: b\n\n", [.init(id: "3", data: "b")]),
            ("id: 3\ndata: a\n\nid\ndata: b\n\n", [.init(id: "3", data: "a"), .init(id: "", data: "b")]),
            ("id: 3\u{0}\ndata: a\n\n", [.init(data: "a")]),
            ("\u{FEFF}data: a\n\n", [ServerSentEvent(data: "a")]),
            ("retry: 10\nunknown: 1\ndata: ä😀\n\n", [ServerSentEvent(data: "ä😀")]),
            ("data: no blank line after it\n", []),
        ] as [(String, [ServerSentEvent])])
    func fields(stream: String, expected: [ServerSentEvent]) throws {
        #expect(try events(in: [stream]) == expected)
    }

    @Test("A stream cut at any byte parses the same")
    func cuts() throws {
        let stream = Array("id: 1\r\ndata: a😀\r\n\r\n:c\r\nevent: e\rid: 2\rdata: b\r\rdata: c\n\n".utf8)
        var whole = ServerSentEventParser()
        let expected = try whole.received(ByteBuffer(bytes: stream))
        #expect(expected.count == 3)
        for cut in stream.indices {
            var parser = ServerSentEventParser()
            let events =
                try parser.received(ByteBuffer(bytes: stream[..<cut]))
                + parser.received(ByteBuffer(bytes: stream[cut...]))
            #expect(events == expected, "cut at \(cut)")
        }
    }

    @Test("The id of an event that was cut off is not taken for the last one")
    func cutEvent() throws {
        var parser = ServerSentEventParser()
        _ = try parser.received(ByteBuffer(string: "id: 1\ndata: a\n\nid: 2\nda"))
        #expect(parser.lastEventID == "1")
    }

    @Test("A line without end is refused before it fills the memory")
    func endlessLine() throws {
        var parser = ServerSentEventParser(limit: 100)
        let chunk = ByteBuffer(repeating: UInt8(ascii: "x"), count: 50)
        #expect(try parser.received(chunk) == [])
        #expect(try parser.received(chunk) == [])
        #expect(throws: ClientError.self) { try parser.received(chunk) }
    }

    @Test("An event of many lines is refused before it fills the memory")
    func endlessEvent() throws {
        var parser = ServerSentEventParser(limit: 100)
        let chunk = ByteBuffer(string: "data: \(String(repeating: "x", count: 40))\n")
        #expect(try parser.received(chunk) == [])
        #expect(try parser.received(chunk) == [])
        #expect(throws: ClientError.self) { try parser.received(chunk) }
    }
}
