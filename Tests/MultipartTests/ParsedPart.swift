import Multipart
import NIOCore

/// A part with its whole content, whatever pieces it came in.
struct ParsedPart: Equatable {
    let head: MultipartPartHead
    var content: [UInt8] = []

    var text: String { String(decoding: content, as: UTF8.self) }
}

/// Feeds the chunks to a parser and puts the parts together.
///
/// - Throws: `MultipartError`, or `WrongOrder` where events come in an order that they must not have.
func parse(
    _ chunks: some Sequence<[UInt8]>, boundary: String = "B", limits: MultipartLimits = MultipartLimits()
) throws -> [ParsedPart] {
    var parser = MultipartParser(boundary: try MultipartBoundary(boundary), limits: limits)
    var collector = PartCollector()
    for chunk in chunks {
        try parser.append(ByteBuffer(bytes: chunk))
        while let event = try parser.next() { try collector.take(event) }
    }
    try parser.finish()
    guard collector.isFinished else { throw WrongOrder() }
    return collector.parts
}

/// The error of a body given whole, nil where it is right.
func fault(
    of body: String, boundary: String = "B", limits: MultipartLimits = MultipartLimits()
) throws -> MultipartError? {
    do {
        _ = try parse([Array(body.utf8)], boundary: boundary, limits: limits)
        return nil
    } catch let error as MultipartError {
        return error
    }
}

struct WrongOrder: Error {}

struct PartCollector {
    private(set) var parts: [ParsedPart] = []
    private(set) var isFinished = false
    private var isInside = false

    mutating func take(_ event: MultipartEvent) throws {
        guard !isFinished else { throw WrongOrder() }
        switch event {
        case .partBegan(let head):
            guard !isInside else { throw WrongOrder() }
            isInside = true
            parts.append(ParsedPart(head: head))
        case .body(let bytes):
            guard isInside, bytes.readableBytes > 0 else { throw WrongOrder() }
            parts[parts.count - 1].content += Array(bytes.readableBytesView)
        case .partEnded:
            guard isInside else { throw WrongOrder() }
            isInside = false
        case .finished:
            guard !isInside else { throw WrongOrder() }
            isFinished = true
        }
    }
}
