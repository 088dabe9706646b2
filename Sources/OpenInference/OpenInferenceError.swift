/// Why a request body was refused.
package struct OpenInferenceError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable {
        /// The body is no JSON.
        case malformed
        /// The JSON does not say what the protocol wants.
        case invalid
        /// The request asks for an extension that this server does not offer.
        case unsupported
    }

    package let code: Code
    /// What was wrong, with which value, and what would be right.
    package let message: String
    /// Where in the body, counted in bytes from 0; nil where the fault has no one place.
    package let offset: Int?

    package init(_ code: Code, _ message: String, offset: Int? = nil) {
        self.code = code
        self.message = message
        self.offset = offset
    }

    package var description: String {
        if let offset { "\(message) (at byte \(offset))" } else { message }
    }
}
