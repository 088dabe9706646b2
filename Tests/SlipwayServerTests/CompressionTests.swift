import HTTPTypes
import NIOCore
import Testing

@testable import SlipwayServer

@Suite("Compressed bodies")
struct CompressionTests {
    private static let text = String(repeating: "slipway ", count: 8)
    /// What Python's gzip, zlib, and zlib without its header make of the text.
    private static let gzip = "1f8b08000000000002032bcec92c284fac5428269306008188087e40000000"
    private static let zlib = "789c2bcec92c284fac5428269306003e651949"
    private static let raw = "2bcec92c284fac542826930600"

    @Test(
        "are read as Python's gzip and zlib write them, with several gzip members or without zlib's header too",
        arguments: [
            (ContentCoding.gzip, gzip, 1), (.gzip, gzip + gzip, 2), (.deflate, zlib, 1), (.deflate, raw, 1),
        ])
    func reading(coding: ContentCoding, hex: String, times: Int) throws {
        let body = try Inflater(coding: coding, limit: 200).inflate(Self.bytes(hex))
        #expect(String(buffer: body) == String(repeating: Self.text, count: times))
    }

    @Test("written and read again are the same, of any length", arguments: ContentCoding.allCases)
    func roundTrip(coding: ContentCoding) throws {
        for length in [0, 1, 63 << 10, 64 << 10, 1 << 20] {
            let body = ByteBuffer(bytes: (0..<length).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) })
            let sent = try Deflater(coding: coding).deflate(body)
            #expect(try Inflater(coding: coding, limit: length).inflate(sent) == body)
        }
    }

    @Test("are refused as soon as they grow over the limit", arguments: ContentCoding.allCases)
    func limit(coding: ContentCoding) throws {
        let bomb = try Deflater(coding: coding).deflate(ByteBuffer(repeating: 0, count: 64 << 20))
        #expect(bomb.readableBytes < 1 << 20)
        let problem = try #require(throws: Problem.self) {
            try Inflater(coding: coding, limit: (1 << 20) - 1).inflate(bomb)
        }
        #expect(problem.status == .contentTooLarge)
        let exact = try Deflater(coding: coding).deflate(ByteBuffer(repeating: 0, count: 1000))
        #expect(try Inflater(coding: coding, limit: 1000).inflate(exact).readableBytes == 1000)
        #expect(throws: Problem.self) { try Inflater(coding: coding, limit: 999).inflate(exact) }
    }

    @Test("cut at any byte, followed by others, or of another coding are refused", arguments: ContentCoding.allCases)
    func broken(coding: ContentCoding) throws {
        let whole = Array(Self.bytes(coding == .gzip ? Self.gzip : Self.zlib).readableBytesView)
        var bodies = (0..<whole.count).map { Array(whole.prefix($0)) }
        bodies += [whole + [0x41], Array("plain text".utf8), Array(whole.dropFirst()), [0x1F, 0x8B]]
        for body in bodies {
            let problem = try #require(throws: Problem.self, "\(body)") {
                try Inflater(coding: coding, limit: 1000).inflate(ByteBuffer(bytes: body))
            }
            #expect(problem.status == .badRequest)
            #expect(problem.detail.contains(coding.rawValue), "\(problem.detail)")
        }
    }

    @Test(
        "are known by their Content-Encoding, and others are refused with the ones that are known",
        arguments: [
            ("gzip", ContentCoding.gzip), ("GZip", .gzip), ("x-gzip", .gzip), (" deflate", .deflate),
            ("identity", nil), ("", nil),
        ])
    func content(header: String, expected: ContentCoding?) throws {
        #expect(try ContentCoding.of([.contentEncoding: header]) == expected)
        #expect(try ContentCoding.of([:]) == nil)
        for unknown in ["br", "zstd", "gzip, deflate", "gzip;q=1"] {
            let problem = try #require(throws: Problem.self) { try ContentCoding.of([.contentEncoding: unknown]) }
            #expect(problem.status == .unsupportedMediaType)
            #expect(problem.headers[.acceptEncoding] == "gzip, deflate")
        }
    }

    @Test(
        "are sent in the coding that Accept-Encoding likes best",
        arguments: [
            ("gzip", ContentCoding.gzip), ("deflate", .deflate), ("gzip, deflate, br", .gzip),
            ("deflate, gzip", .deflate), ("gzip;q=0.5, deflate;q=0.8", .deflate),
            ("gzip;q=0, deflate ; q=0.1", .deflate),
            ("gzip;q=0", nil), ("br", nil), ("identity", nil), ("", nil), ("gzip;q=x", nil), ("GZIP ;q=1.0", .gzip),
        ])
    func wanted(header: String, expected: ContentCoding?) {
        #expect(ContentCoding.wanted(by: [.acceptEncoding: header]) == expected)
        #expect(ContentCoding.wanted(by: [:]) == nil)
    }

    private static func bytes(_ hex: String) -> ByteBuffer {
        var bytes: [UInt8] = []
        var rest = hex[...]
        while let byte = UInt8(rest.prefix(2), radix: 16) {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return ByteBuffer(bytes: bytes)
    }
}
