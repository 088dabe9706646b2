/// The connection that waits for notifications, and who waits for them.
struct Listener {
    var session: Session?
    var dialling = Dialling()
    var subscriptions: [UInt64: Subscription] = [:]
    /// Subscriptions that have been told once that they are in place.
    var announced: Set<UInt64> = []
}
