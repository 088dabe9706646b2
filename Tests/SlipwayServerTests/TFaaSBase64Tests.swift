import Foundation
import NIOCore
import Testing

@testable import SlipwayDialects

@Suite("Base64 in pieces")
struct TFaaSBase64Tests {
    private static let content = Data((0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 37) })

    private static func decode(_ text: String, pieces size: Int) -> Data? {
        var stream = Base64Stream()
        var decoded = Data()
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            guard let bytes = stream.decode(ByteBuffer(bytes: rest.prefix(size))) else { return nil }
            decoded += Data(bytes.readableBytesView)
            rest = rest.dropFirst(size)
        }
        return stream.isComplete ? decoded : nil
    }

    @Test(
        "It comes out whole, however it is cut, with line feeds where encoders put them",
        arguments: [1, 3, 4, 77, 4096])
    func whole(size: Int) {
        let lines = Self.content.base64EncodedString(options: [.lineLength76Characters, .endLineWithCarriageReturn])
        for text in [Self.content.base64EncodedString(), Self.content.base64EncodedString() + "\n", lines] {
            #expect(Self.decode(text, pieces: size) == Self.content)
        }
        #expect(Self.decode("", pieces: size) == Data())
    }

    @Test(
        "What is no base64, is cut off, or goes on behind its end is refused",
        arguments: ["a", "abc", "ab!d", "YQ==YQ==", "YQ=a", "====", "YWJj\u{0}"])
    func refused(text: String) {
        for size in [1, 100] { #expect(Self.decode(text, pieces: size) == nil, "\(text) in pieces of \(size)") }
    }
}
