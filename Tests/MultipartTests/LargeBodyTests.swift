import Multipart
import NIOCore
import Testing

@Suite("Large bodies")
struct LargeBodyTests {
    @Test(
        "A body of 64 MiB passes through and the parser holds no more than two chunks",
        arguments: ["near misses", "zeros", "returns"])
    func flatMemory(_ kind: String) throws {
        let boundary = "------------------------d74496d66958873e"
        var bytes: [UInt8] = []
        switch kind {
        case "near misses":
            while bytes.count < 64 << 10 { bytes += Array("\r\n--\(boundary.dropLast())".utf8) }
        case "returns": bytes = Array(repeating: 0x0D, count: 64 << 10)
        default: bytes = Array(repeating: 0, count: 64 << 10)
        }
        let chunk = ByteBuffer(bytes: bytes)
        var parser = MultipartParser(boundary: try MultipartBoundary(boundary))
        try parser.append(
            ByteBuffer(string: "--\(boundary)\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\n"))
        var received = 0
        var smallest = Int.max
        var held = 0
        for _ in 0..<(64 << 20) / (64 << 10) {
            try parser.append(chunk)
            var ofChunk = 0
            while let event = try parser.next() {
                if case .body(let slice) = event { ofChunk += slice.readableBytes }
            }
            received += ofChunk
            smallest = min(smallest, ofChunk)
            held = max(held, parser.heldBytes)
        }
        try parser.append(ByteBuffer(string: "\r\n--\(boundary)--\r\n"))
        while let event = try parser.next() {
            if case .body(let slice) = event { received += slice.readableBytes }
        }
        try parser.finish()
        #expect(received == bytes.count * (64 << 20) / (64 << 10))
        #expect(held <= 2 * bytes.count)
        #expect(smallest >= bytes.count - boundary.utf8.count - 3)
    }

    @Test("Content is handed on in the memory of its chunk, without a copy")
    func withoutCopy() throws {
        var parser = MultipartParser(boundary: try MultipartBoundary("B"))
        try parser.append(ByteBuffer(string: "--B\r\nContent-Disposition: form-data; name=a; filename=f\r\n\r\n"))
        while try parser.next() != nil {}
        let chunk = ByteBuffer(repeating: 0x61, count: 4096)
        try parser.append(chunk)
        guard case .body(let slice) = try parser.next() else {
            Issue.record("no content came")
            return
        }
        let addresses = [chunk, slice].map { $0.withUnsafeReadableBytes { Int(bitPattern: $0.baseAddress) } }
        #expect(addresses[0] == addresses[1])
    }

    @Test("A preamble that comes byte by byte is not kept")
    func longPreamble() throws {
        var parser = MultipartParser(boundary: try MultipartBoundary("B"))
        let chunk = ByteBuffer(string: "\r")
        for _ in 0..<200_000 {
            try parser.append(chunk)
            guard try parser.next() == nil else { throw WrongOrder() }
        }
        #expect(parser.heldBytes < 1024)
    }
}
