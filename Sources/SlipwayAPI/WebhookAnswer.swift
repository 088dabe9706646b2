package import Foundation

/// How far the telling of a task's newest end has come.
package struct WebhookAnswer: Codable, Sendable {
    package var url: String
    /// When the receiver took it.
    package var deliveredAt: Date?
    /// How often it was sent.
    package var tries: Int
    /// Why the last try was none.
    package var lastError: String?
    /// When it is sent next; absent once it was delivered or given up.
    package var nextTryAt: Date?

    enum CodingKeys: String, CodingKey {
        case url
        case deliveredAt = "delivered_at"
        case tries
        case lastError = "last_error"
        case nextTryAt = "next_try_at"
    }

    package init(url: String, deliveredAt: Date?, tries: Int, lastError: String?, nextTryAt: Date?) {
        self.url = url
        self.deliveredAt = deliveredAt
        self.tries = tries
        self.lastError = lastError
        self.nextTryAt = nextTryAt
    }
}
