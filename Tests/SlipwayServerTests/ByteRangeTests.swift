import Testing

@testable import SlipwayServer

@Suite("Ranges of files")
struct ByteRangeTests {
    @Test(
        "A range is read as RFC 9110 says",
        arguments: [
            (nil, .whole), ("bytes=0-9", .part(0..<10)), ("bytes=90-", .part(90..<100)), ("bytes=-10", .part(90..<100)),
            ("bytes=-1000", .part(0..<100)), ("bytes=50-1000", .part(50..<100)), ("bytes=99-99", .part(99..<100)),
            ("bytes=100-", .unsatisfiable), ("bytes=100-200", .unsatisfiable), ("bytes=-0", .unsatisfiable),
            ("bytes=99999999999999999999-", .unsatisfiable), ("bytes=5-4", .whole), ("bytes=a-b", .whole),
            ("lines=1-2", .whole), ("bytes=0-1,5-6", .whole), ("bytes=", .whole), ("bytes=-", .whole),
            ("bytes=+1-2", .whole), ("BYTES=0-0", .part(0..<1)),
        ] as [(String?, ByteRange)])
    func reads(header: String?, expected: ByteRange) {
        #expect(ByteRange(header, of: 100) == expected)
    }

    @Test("An empty file has no range", arguments: ["bytes=0-", "bytes=-5", "bytes=0-0"])
    func emptyFile(header: String) {
        #expect(ByteRange(header, of: 0) == .unsatisfiable)
    }

    @Test(
        "An entity tag is compared weakly",
        arguments: [
            (["\"abc\""], true), (["W/\"abc\""], true), (["\"x\", \"abc\" "], true), (["*"], true), (["\"x\""], false),
            ([], false), (["abc"], false),
        ] as [([String], Bool)])
    func entityTags(headers: [String], expected: Bool) {
        #expect(EntityTag.matches(headers, "\"abc\"") == expected)
    }

    @Test("A download's name cannot break out of its header")
    func dispositions() {
        #expect(ContentDisposition.attachment("model.tar.gz") == "attachment; filename=\"model.tar.gz\"")
        #expect(
            ContentDisposition.attachment("a\"b\r\né.txt")
                == "attachment; filename=\"a_b___.txt\"; filename*=UTF-8''a%22b%0D%0A%C3%A9.txt")
        #expect(ContentDisposition.filename(in: "attachment; filename=\"m o.onnx\"; x=y") == "m o.onnx")
        #expect(ContentDisposition.filename(in: "attachment; filename=m.onnx") == "m.onnx")
        #expect(ContentDisposition.filename(in: "attachment") == nil)
    }
}
