package import NIOCore

extension MultipartBody: AsyncSequence {
    package typealias Element = ByteBuffer

    /// One chunk is in memory at a time.
    package struct AsyncIterator: AsyncIteratorProtocol {
        private static var chunkSize: Int { 512 << 10 }

        private var segments: ArraySlice<Segment>
        private var offset: Int64 = 0

        init(_ segments: [Segment]) {
            self.segments = segments[...]
        }

        package mutating func next() async throws -> ByteBuffer? {
            while let segment = segments.first {
                let left = segment.length - offset
                guard left > 0 else {
                    segments.removeFirst()
                    offset = 0
                    continue
                }
                switch segment {
                case .bytes(let buffer):
                    offset += left
                    return buffer
                case .file(let file):
                    let chunk = try await file.read(at: offset, count: Int(Swift.min(left, Int64(Self.chunkSize))))
                    offset += Int64(chunk.readableBytes)
                    return chunk
                }
            }
            return nil
        }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(segments) }
}
