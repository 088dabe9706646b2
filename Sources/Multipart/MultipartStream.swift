package import NIOCore

/// The events of a multipart body that arrives as a sequence of chunks.
///
/// A chunk is taken from the base only when all events of the one before were taken, so the reader's pace is the
/// sender's. The body is right only when the sequence ends without an error: `finished` alone does not say so.
package struct MultipartStream<Base: AsyncSequence>: AsyncSequence where Base.Element == ByteBuffer {
    package typealias Element = MultipartEvent

    private let base: Base
    private let parser: MultipartParser

    package init(_ base: Base, boundary: MultipartBoundary, limits: MultipartLimits = MultipartLimits()) {
        self.base = base
        parser = MultipartParser(boundary: boundary, limits: limits)
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: base.makeAsyncIterator(), parser: parser)
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        private var base: Base.AsyncIterator
        private var parser: MultipartParser
        private var isEnded = false

        init(base: Base.AsyncIterator, parser: MultipartParser) {
            self.base = base
            self.parser = parser
        }

        /// The next event; nil after the end of a right body.
        ///
        /// - Throws: `MultipartError`, or what the base throws.
        package mutating func next() async throws -> MultipartEvent? {
            try await next(isolation: #isolation)
        }

        /// The next event; nil after the end of a right body.
        ///
        /// - Throws: `MultipartError`, or what the base throws.
        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(any Error) -> MultipartEvent? {
            while !isEnded {
                if let event = try parser.next() { return event }
                if let chunk = try await base.next(isolation: actor) {
                    try parser.append(chunk)
                } else {
                    isEnded = true
                    try parser.finish()
                }
            }
            return nil
        }
    }
}

extension MultipartStream: Sendable where Base: Sendable {}
