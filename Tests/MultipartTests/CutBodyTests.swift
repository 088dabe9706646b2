import Multipart
import NIOCore
import Testing

@Suite("Bodies cut anywhere")
struct CutBodyTests {
    private func check(_ sample: SampleBody, _ chunks: [[UInt8]], _ cut: String) throws {
        let parts = try parse(chunks, boundary: sample.boundary)
        #expect(parts.map(\.head.name) == sample.parts.map(\.name), "\(cut)")
        #expect(parts.map(\.head.filename) == sample.parts.map(\.filename), "\(cut)")
        #expect(parts.map(\.text) == sample.parts.map(\.content), "\(cut)")
    }

    @Test("A body in one chunk gives its parts", arguments: SampleBody.all)
    func whole(_ sample: SampleBody) throws {
        try check(sample, [Array(sample.body.utf8)], "whole")
    }

    @Test("A body cut in two at any byte gives the same parts", arguments: SampleBody.all)
    func cutInTwo(_ sample: SampleBody) throws {
        let bytes = Array(sample.body.utf8)
        for position in 0...bytes.count {
            try check(sample, [Array(bytes[..<position]), Array(bytes[position...])], "cut at \(position)")
        }
    }

    @Test("A body that comes byte by byte gives the same parts", arguments: SampleBody.all)
    func byteByByte(_ sample: SampleBody) throws {
        try check(sample, sample.body.utf8.map { [$0] }, "bytes")
    }

    @Test("A body cut at random gives the same parts", arguments: SampleBody.all)
    func random(_ sample: SampleBody) throws {
        var generator = Seeded(7)
        for round in 0..<300 {
            var rest = Array(sample.body.utf8)[...]
            var chunks: [[UInt8]] = []
            while !rest.isEmpty {
                let length = Int.random(in: 0...min(rest.count, 40), using: &generator)
                chunks.append(Array(rest.prefix(length)))
                rest = rest.dropFirst(length)
            }
            try check(sample, chunks, "round \(round)")
        }
    }

    @Test("A body that is cut off at any byte before its final boundary is refused", arguments: SampleBody.all)
    func cutOff(_ sample: SampleBody) throws {
        let final = "--\(sample.boundary)--"
        let starts = sample.body.utf8.indices.filter { sample.body[$0...].hasPrefix(final) }
        let start = try #require(starts.last { $0 == sample.body.startIndex || sample.body[..<$0].hasSuffix("\r\n") })
        let length = sample.body.utf8.distance(from: sample.body.startIndex, to: start) + final.utf8.count - 1
        for end in 0...length {
            let body = String(decoding: Array(sample.body.utf8.prefix(end)), as: UTF8.self)
            #expect(try fault(of: body, boundary: sample.boundary)?.code == .missingFinalBoundary, "cut off at \(end)")
        }
    }

    @Test("Random contents of the delimiter's own letters come through unchanged", arguments: [1, 2, 5, 20])
    func hostileLetters(_ length: Int) throws {
        var generator = Seeded(UInt64(length))
        let boundary = String((0..<length).map { _ in "-a".randomElement(using: &generator) ?? "a" })
        let letters = Array("\r\n-a".utf8)
        for round in 0..<400 {
            var content = (0..<200).map { _ in letters.randomElement(using: &generator) ?? 0 }
            // A content that holds the delimiter itself is no content of this boundary.
            let line = Array("\r\n--\(boundary)".utf8)
            while let clash = (Array("\r\n".utf8) + content + Array("\r\n".utf8)).firstRange(of: line) {
                content[max(0, min(content.count - 1, clash.lowerBound))] = 0x78
            }
            let body =
                Array("--\(boundary)\r\nContent-Disposition: form-data; name=x\r\n\r\n".utf8) + content
                + Array("\r\n--\(boundary)--".utf8)
            let size = Int.random(in: 1...30, using: &generator)
            let chunks = stride(from: 0, to: body.count, by: size).map { Array(body[$0..<min(body.count, $0 + size)]) }
            #expect(try parse(chunks, boundary: boundary).map(\.content) == [content], "round \(round)")
        }
    }

    /// What came of a body: its parts, or the fault that it was refused with.
    private func outcome(_ chunks: [[UInt8]], _ boundary: String) throws -> (
        parts: [ParsedPart], error: MultipartError?
    ) {
        do {
            return (try parse(chunks, boundary: boundary), nil)
        } catch let error as MultipartError {
            return ([], error)
        }
    }

    @Test("A body with wrong bytes comes to the same whole and cut", arguments: SampleBody.all)
    func damaged(_ sample: SampleBody) throws {
        var generator = Seeded(11)
        let letters = Array("\r\n-B \":;=%\\\0\u{E4}".utf8)
        for round in 0..<300 {
            var bytes = Array(sample.body.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let letter = letters.randomElement(using: &generator) ?? 0
                let position = Int.random(in: 0..<bytes.count, using: &generator)
                if Bool.random(using: &generator) {
                    bytes[position] = letter
                } else {
                    bytes.insert(letter, at: position)
                }
            }
            let cut = Int.random(in: 0...bytes.count, using: &generator)
            let whole = try outcome([bytes], sample.boundary)
            for chunks in [[Array(bytes[..<cut]), Array(bytes[cut...])], bytes.map { [$0] }] {
                let other = try outcome(chunks, sample.boundary)
                #expect(whole.parts == other.parts, "round \(round)")
                #expect(whole.error == other.error, "round \(round)")
            }
        }
    }
}
