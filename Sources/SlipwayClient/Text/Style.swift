/// How a piece of text stands out on a terminal that shows colours.
package enum Style: Sendable, Hashable {
    case plain
    case bold
    case dim
    case good
    case bad
    case warning
    case busy

    /// The text between escape sequences (ECMA-48, SGR), or as it is when colours are off.
    package func applied(to text: String, colored: Bool) -> String {
        guard colored, let code else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    private var code: String? {
        switch self {
        case .plain: nil
        case .bold: "1"
        case .dim: "2"
        case .good: "32"
        case .bad: "31"
        case .warning: "33"
        case .busy: "36"
        }
    }

    /// The style for a task's state.
    package init(state: String) {
        self =
            switch state {
            case "succeeded": .good
            case "failed", "lost": .bad
            case "cancelled": .warning
            case "running", "collecting": .busy
            default: .plain
            }
    }
}
