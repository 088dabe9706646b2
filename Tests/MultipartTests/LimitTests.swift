import Multipart
import NIOCore
import Testing

@Suite("Limits")
struct LimitTests {
    private static func body(_ count: Int, file: Bool = true, content: String) -> String {
        String(
            repeating: "--B\r\nContent-Disposition: form-data; name=\"a\"\(file ? "; filename=f" : "")\r\n\r\n"
                + "\(content)\r\n", count: count) + "--B--\r\n"
    }

    /// Limits, a body that just keeps them, one that passes them, and the error's code and limit.
    struct Case: Sendable, CustomTestStringConvertible {
        let limits: MultipartLimits
        let allowed: String
        let refused: String
        let code: MultipartError.Code
        let limit: Int64
        var testDescription: String { code.rawValue }
    }

    static let cases: [Case] = [
        Case(
            limits: MultipartLimits(maximumParts: 3), allowed: body(3, content: ""), refused: body(4, content: ""),
            code: .tooManyParts, limit: 3),
        Case(
            limits: MultipartLimits(maximumPartBytes: 10), allowed: body(2, content: "0123456789"),
            refused: body(1, content: "0123456789a"), code: .partTooLarge, limit: 10),
        Case(
            limits: MultipartLimits(maximumFieldBytes: 10),
            allowed: body(1, content: "0123456789a"),
            refused: body(1, file: false, content: "0123456789a"), code: .fieldTooLarge, limit: 10),
        Case(
            limits: MultipartLimits(maximumTotalBytes: Int64(body(1, content: "x").utf8.count)),
            allowed: body(1, content: "x"), refused: body(1, content: "xy"), code: .bodyTooLarge,
            limit: Int64(body(1, content: "x").utf8.count)),
        Case(
            // The header line, its end, and the empty line.
            limits: MultipartLimits(maximumHeaderBytes: 56), allowed: body(2, content: "x"),
            refused: body(1, content: "x").replacing("name=\"a\"", with: "name=\"ab\""),
            code: .headerTooLong, limit: 56),
    ]

    @Test("What keeps a limit is taken, one more is refused", arguments: cases)
    func limit(_ example: Case) throws {
        #expect(try fault(of: example.allowed, limits: example.limits) == nil)
        let error = try #require(try fault(of: example.refused, limits: example.limits))
        #expect(error.code == example.code)
        #expect(error.limit == example.limit)
        #expect(error.isLimit)
        #expect(error.message.contains("\(example.limit)"))
    }

    @Test("Headers without an end are refused at the limit, not kept")
    func endlessHeaders() throws {
        for filler in ["X-A: aaaaaaaaaaaa\r\n", "aaaaaaaaaaaaaaaa", "\t               "] {
            var parser = MultipartParser(boundary: try MultipartBoundary("B"))
            try parser.append(ByteBuffer(string: filler.hasPrefix("\t") ? "--B" : "--B\r\n"))
            var appended = 0
            let error = #expect(throws: MultipartError.self) {
                while true {
                    #expect(try parser.next() == nil)
                    try parser.append(ByteBuffer(string: filler))
                    appended += 16
                }
            }
            #expect(error?.code == .headerTooLong)
            #expect(appended <= 17 * 1024)
        }
    }
}
