package import NIOCore

/// A streaming parser of multipart/form-data (RFC 7578 over RFC 2046): a state machine that does no input or output.
///
/// Feed it chunks cut anywhere, take events until there are none, and say when the body has ended:
///
/// ```swift
/// try parser.append(chunk)
/// while let event = try parser.next() { … }
/// // after the last chunk
/// try parser.finish()
/// ```
///
/// Besides the chunk it was given last, it keeps at most a delimiter's length of content or one header block.
package struct MultipartParser: Sendable {
    let limits: MultipartLimits
    let boundary: MultipartBoundary
    let delimiter: Delimiter

    var phase = Phase.preamble(atLineStart: true)
    /// What was appended and not yet read.
    var pending = ByteBuffer()
    /// Whether no slice of `pending` was given away, so that it can grow in place.
    private var pendingIsPrivate = false
    /// How many bytes of `pending` are known to hold no line feed.
    var bytesWithoutLineFeed = 0

    private var totalBytes: Int64 = 0
    var partCount = 0
    var headerBytes = 0
    var headers: [MultipartHeader] = []
    var partName = ""
    var partBytes: Int64 = 0
    var partIsFile = false
    private var failure: MultipartError?

    /// The memory that the parser holds for what it has not handed on yet, in bytes.
    package var heldBytes: Int { pending.storageCapacity }

    package init(boundary: MultipartBoundary, limits: MultipartLimits = MultipartLimits()) {
        self.boundary = boundary
        self.limits = limits
        delimiter = Delimiter(boundary)
    }

    /// Takes the next chunk of the body.
    ///
    /// - Throws: `bodyTooLarge`, or the error that was thrown before.
    package mutating func append(_ chunk: ByteBuffer) throws(MultipartError) {
        if let failure { throw failure }
        totalBytes += Int64(chunk.readableBytes)
        if let limit = limits.maximumTotalBytes, totalBytes > limit {
            let error = MultipartError(
                code: .bodyTooLarge, message: "The body is longer than the \(limit) bytes that are allowed.",
                limit: limit)
            failure = error
            throw error
        }
        if pending.readableBytes == 0 {
            pending = chunk
            pendingIsPrivate = false
        } else if pendingIsPrivate {
            if pending.readerIndex > pending.readableBytes { pending.discardReadBytes() }
            pending.writeImmutableBuffer(chunk)
        } else {
            var joined = ByteBuffer()
            joined.reserveCapacity(pending.readableBytes + chunk.readableBytes)
            joined.writeImmutableBuffer(pending)
            joined.writeImmutableBuffer(chunk)
            pending = joined
            pendingIsPrivate = true
        }
    }

    /// The next event of what was appended; nil when more of the body is needed.
    ///
    /// - Throws: The fault of the body; once thrown, always thrown.
    package mutating func next() throws(MultipartError) -> MultipartEvent? {
        if let failure { throw failure }
        do {
            while true {
                switch try step() {
                case .event(let event): return event
                case .again: continue
                case .needsMore: return nil
                }
            }
        } catch {
            failure = error
            throw error
        }
    }

    /// Says that the body has ended; call it after `next()` returned nil.
    ///
    /// - Throws: `missingFinalBoundary`, or the error that was thrown before.
    package mutating func finish() throws(MultipartError) {
        if let failure { throw failure }
        let place: String
        switch phase {
        case .finalLine, .epilogue, .closing: return
        case .preamble: place = "before its first part"
        case .delimiterLine: place = "inside a boundary line"
        case .headers: place = "inside the headers of part \(partCount)"
        case .body: place = "inside the part \"\(partName)\""
        }
        let error = MultipartError(
            code: .missingFinalBoundary,
            message: "The body ended \(place), without its final boundary line \"--\(boundary.text)--\": "
                + "it was cut off, or written with another boundary.",
            part: partName.isEmpty ? nil : partName)
        failure = error
        throw error
    }

    /// Takes the first bytes of `pending` as a slice that shares its storage.
    mutating func takeSlice(_ length: Int) -> ByteBuffer? {
        pendingIsPrivate = false
        return pending.readSlice(length: length)
    }
}
