/// What became of one try to tell a receiver.
enum WebhookOutcome: Sendable, Hashable {
    case delivered
    /// The receiver, or our own rules, want no further try; why.
    case refused(String)
    /// Another try may help; why this one did not.
    case failed(String)

    /// Any 2xx is a receipt, 410 asks for no more (Standard Webhooks); a redirect is no receipt and is not followed.
    init(status: Int) {
        switch status {
        case 200..<300: self = .delivered
        case 410: self = .refused("The receiver answered 410: it wants no more.")
        default: self = .failed("The receiver answered \(status).")
        }
    }
}
