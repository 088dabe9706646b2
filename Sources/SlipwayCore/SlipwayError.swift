/// Why a request cannot be carried out, in words for the person who made it.
///
/// The HTTP targets decide the status that a code becomes; the message says what was wrong, with which value, and what
/// would be right.
package struct SlipwayError: Error, Sendable, CustomStringConvertible {
    /// What kind of refusal this is.
    package enum Code: String, Sendable {
        /// The request does not say something that can be done; `faults` name the fields.
        case invalid
        /// No valid credentials came with the request.
        case unauthenticated
        /// The user is known but may not do this.
        case forbidden
        /// The thing does not exist, or belongs to somebody else.
        case notFound
        /// The thing was there and was removed for good.
        case gone
        /// The thing exists but is in a state that does not allow this.
        case conflict
        /// More bytes than the limit.
        case tooLarge
        /// A part that is needed right now does not answer; trying again later is right.
        case unavailable
        /// The request is understood but this server cannot do it.
        case unsupported
        /// A fault on our side.
        case `internal`
    }

    package var code: Code
    package var message: String
    /// Every field at fault; empty where the refusal does not concern a field.
    package var faults: [FieldFault]

    package init(_ code: Code, _ message: String, faults: [FieldFault] = []) {
        self.code = code
        self.message = message
        self.faults = faults
    }

    package var description: String {
        ([message] + faults.map(\.description)).joined(separator: "\n")
    }
}

/// One field of a request that cannot be accepted.
package struct FieldFault: Sendable, Hashable, CustomStringConvertible {
    /// JSON path of the field, such as `$.clusters.atena02.infra_config.account`, or a name as `files` or `Idempotency-Key`.
    package var path: String
    /// The value that came, shortened; nil where the field is missing.
    package var value: String?
    /// What is wrong with it and what would be right.
    package var message: String

    package init(path: String, value: String? = nil, message: String) {
        self.path = path
        self.value = value.map { $0.count > 200 ? $0.prefix(200) + "…" : $0 }
        self.message = message
    }

    package var description: String { "\(path): \(message)" }
}
