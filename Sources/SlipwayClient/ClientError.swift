/// What went wrong between the command line and the server.
package struct ClientError: Error, Sendable {
    /// Who has to act for it to work.
    package enum Code: Sendable, Hashable {
        /// The environment lacks something or holds something unusable.
        case configuration
        /// The arguments do not fit together.
        case usage
        /// A local file cannot be read or written, or is not what it should be.
        case file
        /// The server understood and refused; the HTTP status is 3xx or 4xx.
        case refused(status: Int)
        /// The server answered 5xx.
        case failed(status: Int)
        /// No connection came about.
        case unreachable
        /// The connection broke, or the server fell silent.
        case interrupted
        /// An answer came that this program cannot read.
        case unexpectedAnswer
    }

    package var code: Code
    /// One sentence for people.
    package var message: String
    /// A line for each field at fault.
    package var faults: [String]
    package var underlying: (any Error)?

    package init(_ code: Code, _ message: String, faults: [String] = [], underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.faults = faults
        self.underlying = underlying
    }

    /// Whether the same request may succeed a little later.
    package var isTransient: Bool {
        switch code {
        case .unreachable, .interrupted: true
        case .failed(let status): status == 502 || status == 503 || status == 504
        case .refused(let status): status == 429
        case .configuration, .usage, .file, .unexpectedAnswer: false
        }
    }
}

extension ClientError: CustomStringConvertible {
    package var description: String { ([message] + faults.map { "  " + $0 }).joined(separator: "\n") }
}
