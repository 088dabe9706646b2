package import NIOCore

/// Parses a `text/event-stream` from chunks that are cut anywhere (WHATWG HTML, section 9.2.6).
///
/// Lines end with LF, CR or CRLF. An event without its closing blank line is dropped, as the standard asks.
package struct ServerSentEventParser: Sendable {
    private let limit: Int
    private var line: [UInt8] = []
    private var endedWithCarriageReturn = false
    private var isFirstLine = true
    private var data: String?
    private var type = ""
    /// The id to send as `Last-Event-ID` when the stream is opened again; empty before the first.
    package private(set) var lastEventID = ""
    private var pendingID = ""

    /// No line and no event's data may be longer than `limit` bytes.
    package init(limit: Int = 8 << 20) {
        self.limit = limit
    }

    /// Takes the next chunk and returns the events that it completed.
    ///
    /// Throws `ClientError` with code `unexpectedAnswer` for a line or an event over the limit.
    package mutating func received(_ chunk: ByteBuffer) throws -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        var rest = chunk.readableBytesView[...]
        if endedWithCarriageReturn, rest.first == UInt8(ascii: "\n") { rest = rest.dropFirst() }
        while let end = rest.firstIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            try append(rest[..<end])
            if let event = try lineEnded() { events.append(event) }
            let isCarriageReturn = rest[end] == UInt8(ascii: "\r")
            rest = rest[(end + 1)...]
            if isCarriageReturn, rest.first == UInt8(ascii: "\n") { rest = rest.dropFirst() }
        }
        try append(rest)
        if let last = chunk.readableBytesView.last { endedWithCarriageReturn = last == UInt8(ascii: "\r") }
        return events
    }

    private mutating func append(_ bytes: some Collection<UInt8>) throws {
        guard line.count + bytes.count <= limit else { throw tooLong }
        line += bytes
    }

    private mutating func lineEnded() throws -> ServerSentEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        var bytes = line[...]
        if isFirstLine, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        isFirstLine = false
        if bytes.isEmpty { return dispatched() }
        // A line that starts with a colon is a comment: servers send them to keep the connection open.
        let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        let name = String(decoding: bytes[..<(colon ?? bytes.endIndex)], as: UTF8.self)
        var value = colon.map { bytes[($0 + 1)...] } ?? []
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        switch name {
        case "data":
            let text = String(decoding: value, as: UTF8.self)
            data = data.map { $0 + "\n" + text } ?? text
            guard (data?.utf8.count ?? 0) <= limit else { throw tooLong }
        case "event":
            type = String(decoding: value, as: UTF8.self)
        case "id" where !value.contains(0):
            pendingID = String(decoding: value, as: UTF8.self)
        default:
            break
        }
        return nil
    }

    private mutating func dispatched() -> ServerSentEvent? {
        defer {
            data = nil
            type = ""
        }
        lastEventID = pendingID
        return data.map { ServerSentEvent(id: lastEventID, type: type, data: $0) }
    }

    private var tooLong: ClientError {
        ClientError(.unexpectedAnswer, "an event of the server is longer than \(limit) bytes")
    }
}
