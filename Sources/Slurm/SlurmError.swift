/// Why text from or for Slurm cannot be used.
package struct SlurmError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of fault this is.
    package enum Code: String, Sendable {
        /// A command's output does not have the shape that its format asked for.
        case malformedOutput
        /// A template that is not one: no `#!`, an unclosed or unknown placeholder.
        case malformedTemplate
        /// A value that must not be in a batch script.
        case unsafeValue
    }

    package var code: Code
    /// What was wrong, with which value, and what would be right.
    package var context: String
    /// The fault beneath this one, where there is one.
    package var underlying: String?

    package init(_ code: Code, _ context: String, underlying: String? = nil) {
        self.code = code
        self.context = context
        self.underlying = underlying
    }

    package var description: String { underlying.map { "\(context): \($0)" } ?? context }
}
