import Multipart
import NIOCore
import Testing

@Suite("Refused bodies")
struct RefusedBodyTests {
    /// A body of one part with these header lines.
    private static func part(_ headers: String, _ content: String = "x") -> String {
        "--B\r\n\(headers)\r\n\r\n\(content)\r\n--B--\r\n"
    }

    private static let named = "Content-Disposition: form-data; name=a"

    @Test(
        "Each fault of a body has its code",
        arguments: [
            ("--C--\r\n", MultipartError.Code.missingFinalBoundary),
            ("", .missingFinalBoundary),
            ("\n--B--", .missingFinalBoundary),
            (part("X-Other: 1"), .missingDisposition),
            (part("Content-Disposition: attachment; name=a"), .missingDisposition),
            (part("Content-Disposition: form-data"), .missingName),
            (part("Content-Disposition: form-data; filename=\"a\""), .missingName),
            (part("Content-Disposition: form-data; name=\"a"), .malformedHeader),
            (part("Content-Disposition: form-data; name=\"a\"b"), .malformedHeader),
            (part("Content-Disposition: form-data; name=a; name=b"), .malformedHeader),
            (part("Content-Disposition: form-data; name"), .malformedHeader),
            (part(named + "\r\n" + named), .malformedHeader),
            (part("no colon"), .malformedHeader),
            (part(" folded first: 1"), .malformedHeader),
            (part("Spaced Name: 1"), .malformedHeader),
            (part("Spaced : 1"), .malformedHeader),
            (part(": 1"), .malformedHeader),
            (part(named + "\nX: 1"), .malformedHeader),
            (part("Content-Disposition: form-data; name=\"a\u{0}b\""), .malformedHeader),
            (part("Content-Disposition: form-data; name=\"a\rb\""), .malformedHeader),
            (part("Content-Disposition: form-data; name=\"a\u{1B}b\""), .malformedHeader),
            (part("Content-Disposition: form-data; name=\"a%0Ab\""), .invalidName),
            (part("Content-Disposition: form-data; name=\"a\tb\""), .invalidName),
            (part("Content-Disposition: form-data; name=\"a\u{85}b\""), .invalidName),
            (part("Content-Disposition: form-data; name=a; filename=\"b%0d\""), .invalidName),
            (part("Content-Disposition: form-data; name=a; filename*=UTF-8''%00"), .invalidName),
            (part("Content-Disposition: form-data; name=a; filename*=UTF-8''%ff"), .invalidEncoding),
            (part("Content-Disposition: form-data; name=a; filename*=UTF-8''%zz"), .invalidEncoding),
            (part("Content-Disposition: form-data; name=a; filename*=iso-8859-1''%e4"), .invalidEncoding),
            (part("Content-Disposition: form-data; name=a; filename*=plain"), .invalidEncoding),
            (part(named + "\r\nContent-Type: multipart/mixed; boundary=C"), .nestedMultipart),
            (part(named + "\r\nContent-Transfer-Encoding: base64"), .unsupportedTransferEncoding),
            ("--Bx\r\n\(named)\r\n\r\n\r\n--B--", .malformedDelimiter),
            ("--B\n\(named)\n\nx\n--B--\n", .malformedDelimiter),
            ("--B\rx", .malformedDelimiter),
            ("--B-x", .malformedDelimiter),
            ("--B --\r\n", .malformedDelimiter),
            (part(named, "1\r\n--Bc"), .malformedDelimiter),
            ("--B--x", .malformedDelimiter),
            ("--B--\n", .malformedDelimiter),
            ("--B--\rx", .malformedDelimiter),
        ])
    func faults(_ body: String, _ code: MultipartError.Code) throws {
        let error = try fault(of: body)
        #expect(error?.code == code)
        #expect(error?.message.isEmpty == false)
        #expect(error?.isLimit == false)
        // The same, byte by byte.
        let slow = #expect(throws: MultipartError.self) { try parse(body.utf8.map { [$0] }) }
        #expect(slow?.code == code)
    }

    @Test("A header that is not UTF-8 is refused")
    func latin1() throws {
        let body = Array("--B\r\nContent-Disposition: form-data; name=\"".utf8) + [0xE4] + Array("\"\r\n\r\n".utf8)
        let error = #expect(throws: MultipartError.self) { try parse([body]) }
        #expect(error?.code == .invalidEncoding)
    }

    @Test("An error is thrown again by every later call")
    func lasting() throws {
        var parser = MultipartParser(boundary: try MultipartBoundary("B"))
        try parser.append(ByteBuffer(string: "--B?"))
        for _ in 0..<2 {
            let error = #expect(throws: MultipartError.self) { try parser.next() }
            #expect(error?.code == .malformedDelimiter)
        }
        #expect(throws: MultipartError.self) { try parser.append(ByteBuffer(string: "--B--")) }
        #expect(throws: MultipartError.self) { try parser.finish() }
    }
}
