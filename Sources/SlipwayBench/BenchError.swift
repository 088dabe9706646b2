/// Why a part could not be measured.
struct BenchError: Error, CustomStringConvertible {
    enum Code: Sendable {
        /// The environment does not name something that is needed.
        case environment
        /// A program did not do what it was started for.
        case command
        /// The server answered otherwise than expected.
        case answer
        /// A system call failed.
        case system
    }

    let code: Code
    let message: String
    let underlying: (any Error)?

    init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    var description: String { underlying.map { "\(message): \($0)" } ?? message }
}
