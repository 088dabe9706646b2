/// Why a model could not be loaded or run.
package struct InferenceError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable {
        /// The runtime's library is not there; the message says how to get it.
        case runtimeMissing
        /// The model's file is absent, broken, or refused by the runtime.
        case loadFailed
        /// The caller's tensors do not fit the model's signature.
        case invalidInput
        /// The model uses something that this server does not offer.
        case unsupported
        /// The model takes more memory than there is for models.
        case overBudget
        /// The runtime failed while it ran the model.
        case failed
    }

    package let code: Code
    /// What was wrong, with which value, and what would be right.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
