/// What the process's exit code says. The values are part of the command line's interface: scripts rely on them.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    /// All went well; of a task that was watched: it succeeded.
    case success = 0
    /// The watched task ended, but not as `succeeded`.
    case taskNotSucceeded = 1
    /// The server refused: not found, not allowed, or faults in what was sent (4xx).
    case refused = 3
    /// The server was not reached, or failed (5xx), or answered what this program cannot read.
    case unavailable = 4
    /// A local file could not be read or written, or a download's checksum was wrong.
    case file = 5
    /// The arguments or the environment are wrong (`EX_USAGE` of sysexits.h).
    case usage = 64
    /// A fault of this program (`EX_SOFTWARE` of sysexits.h).
    case software = 70

    package init(_ error: ClientError) {
        self =
            switch error.code {
            case .configuration, .usage: .usage
            case .file: .file
            case .refused: .refused
            case .failed, .unreachable, .interrupted, .unexpectedAnswer: .unavailable
            }
    }
}
