/// What became of a run of the operator's command.
struct RenewalOutcome: Sendable, Hashable {
    enum End: Sendable, Hashable {
        case exited(code: Int)
        case signaled(Int)
        /// It was ended because its time was over.
        case timedOut(seconds: Double)
        /// It could not be started at all, with the reason.
        case unstartable(String)
        /// It ended well, but the proxy that it left does not serve, with the reason.
        case useless(String)
    }

    var end: End
    /// The last line that it printed, on either channel; nil where it said nothing.
    var lastLine: String?

    enum Kind: String, Sendable, CaseIterable {
        case renewed, failed, timeout
    }

    var kind: Kind {
        switch end {
        case .exited(code: 0): .renewed
        case .timedOut: .timeout
        case .exited, .signaled, .unstartable, .useless: .failed
        }
    }

    /// As `exit code 3, last line “no such VO”`.
    var words: String {
        let end =
            switch end {
            case .exited(let code): "exit code \(code)"
            case .signaled(let signal): "ended by signal \(signal)"
            case .timedOut(let seconds): "did not end within \(GridProxyFault.span(seconds))"
            case .unstartable(let reason): "could not be started: \(reason)"
            case .useless(let reason): "exit code 0, but: \(reason)"
            }
        return end + (lastLine.map { ", last line “\($0)”" } ?? "")
    }
}
