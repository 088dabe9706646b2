/// What is wrong with a multipart body or its Content-Type, in words that whoever sent it understands.
package struct MultipartError: Error, Sendable, Equatable {
    /// The kind of fault, for deciding on an answer; `bodyTooLarge` and the other limits are the 413 of HTTP.
    package enum Code: String, Sendable, CaseIterable {
        case notMultipart
        case missingBoundary
        case invalidBoundary
        case malformedDelimiter
        case malformedHeader
        case headerTooLong
        case missingDisposition
        case missingName
        case invalidName
        case invalidEncoding
        case nestedMultipart
        case unsupportedTransferEncoding
        case tooManyParts
        case partTooLarge
        case fieldTooLarge
        case bodyTooLarge
        case missingFinalBoundary
    }

    package let code: Code
    /// What was wrong, with which value, and what would be right.
    package let message: String
    /// The name of the part that the fault is in, where it is known.
    package let part: String?
    /// The limit that was passed, in bytes or parts, for the codes that speak of one.
    package let limit: Int64?

    package init(code: Code, message: String, part: String? = nil, limit: Int64? = nil) {
        self.code = code
        self.message = message
        self.part = part
        self.limit = limit
    }

    /// Whether the body was well formed as far as it was read, and only too large.
    package var isLimit: Bool {
        switch code {
        case .headerTooLong, .tooManyParts, .partTooLarge, .fieldTooLarge, .bodyTooLarge: true
        case .notMultipart, .missingBoundary, .invalidBoundary, .malformedDelimiter, .malformedHeader,
            .missingDisposition, .missingName, .invalidName, .invalidEncoding, .nestedMultipart,
            .unsupportedTransferEncoding, .missingFinalBoundary:
            false
        }
    }
}

extension MultipartError: CustomStringConvertible {
    package var description: String { message }
}
