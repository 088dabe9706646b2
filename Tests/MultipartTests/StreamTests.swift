import Multipart
import NIOCore
import Testing

@Suite("Streams")
struct StreamTests {
    /// Chunks of a body that count how often they were asked for.
    private final class Chunks: AsyncSequence, AsyncIteratorProtocol {
        typealias Element = ByteBuffer
        var rest: [String]
        var asked = 0
        let failure: (any Error)?

        init(_ chunks: [String], failure: (any Error)? = nil) {
            rest = chunks
            self.failure = failure
        }

        func makeAsyncIterator() -> Chunks { self }

        func next() async throws -> ByteBuffer? {
            asked += 1
            if rest.isEmpty, let failure { throw failure }
            return rest.isEmpty ? nil : ByteBuffer(string: rest.removeFirst())
        }
    }

    private struct ConnectionLost: Error {}

    private static let chunks = [
        "--B\r\nContent-Disposition: form-data; name=a\r\n", "\r\none", "two\r", "\n--B--\r\nepilogue", "more",
    ]

    @Test("A stream gives the events and ends")
    func events() async throws {
        var collector = PartCollector()
        for try await event in MultipartStream(Chunks(Self.chunks), boundary: try MultipartBoundary("B")) {
            try collector.take(event)
        }
        #expect(collector.isFinished)
        #expect(collector.parts.map(\.text) == ["onetwo"])
    }

    @Test("A chunk is asked for only when the events of the one before were taken")
    func backpressure() async throws {
        let chunks = Chunks(Self.chunks)
        let iterator = MultipartStream(chunks, boundary: try MultipartBoundary("B")).makeAsyncIterator()
        var events = iterator
        #expect(chunks.asked == 0)
        var asked: [Int] = []
        while try await events.next() != nil { asked.append(chunks.asked) }
        #expect(asked == [2, 2, 3, 4, 4])
        #expect(chunks.asked == 6)
        #expect(try await events.next() == nil)
    }

    @Test("A stream that is cut off throws")
    func cutOff() async throws {
        let stream = MultipartStream(Chunks(Array(Self.chunks.dropLast(2))), boundary: try MultipartBoundary("B"))
        let error = await #expect(throws: MultipartError.self) { for try await _ in stream {} }
        #expect(error?.code == .missingFinalBoundary)
        #expect(error?.part == "a")
    }

    @Test("An error of the base is passed on")
    func baseError() async throws {
        let base = Chunks(Array(Self.chunks.dropLast(2)), failure: ConnectionLost())
        let stream = MultipartStream(base, boundary: try MultipartBoundary("B"))
        await #expect(throws: ConnectionLost.self) { for try await _ in stream {} }
    }
}
