import NIOCore

/// A body that tells how many bytes of it have been handed on.
struct MeteredBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    struct AsyncIterator: AsyncIteratorProtocol {
        var base: MultipartBody.AsyncIterator
        var sent: Int64 = 0
        let report: @Sendable (Int64) -> Void

        mutating func next() async throws -> ByteBuffer? {
            // Being asked for more means that what was given before has been taken.
            report(sent)
            guard let chunk = try await base.next() else { return nil }
            sent += Int64(chunk.readableBytes)
            return chunk
        }
    }

    let base: MultipartBody
    let report: @Sendable (Int64) -> Void

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: base.makeAsyncIterator(), report: report)
    }
}
