/// What a reader of notifications is told.
package enum PostgresNotificationEvent: Hashable, Sendable {
    /// The channels are in place: whatever is notified from now on arrives. Comes once, first.
    case subscribed
    case notification(PostgresNotification)
    /// The connection was lost and is back: notifications may have been missed, so look at the state itself.
    case resubscribed
}
