import CPostgres

extension Switchboard {
    func subscribe(_ subscription: Subscription) {
        switch lifecycle {
        case .waiting, .open:
            listener.subscriptions[subscription.identifier] = subscription
            if listener.session != nil { listen(subscription) }
        case .draining, .closed:
            subscription.continuation.finish()
        }
    }

    func unsubscribe(_ identifier: UInt64) {
        guard let gone = listener.subscriptions.removeValue(forKey: identifier) else { return }
        listener.announced.remove(identifier)
        guard !listener.subscriptions.isEmpty else {
            listener.session = nil
            return
        }
        let wanted = listener.subscriptions.values.reduce(into: Set<String>()) { $0.formUnion($1.channels) }
        for channel in gone.channels.subtracting(wanted) { sendToListener("UNLISTEN \(quoted(channel))") { _ in } }
    }

    func dialForNotifications() {
        guard !listener.subscriptions.isEmpty, listener.session == nil, listener.dialling.underWay == 0,
            now >= listener.dialling.notBefore
        else { return }
        dial(for: .notifications)
    }

    func startListening(_ session: Session) {
        guard !listener.subscriptions.isEmpty else { return }
        listener.session = session
        for subscription in listener.subscriptions.values { listen(subscription) }
    }

    /// Asks for a subscription's channels and tells its reader when all of them are in place.
    private func listen(_ subscription: Subscription) {
        let identifier = subscription.identifier
        guard !subscription.channels.isEmpty else { return announce(identifier) }
        var missing = subscription.channels.count
        for channel in subscription.channels {
            sendToListener("LISTEN \(quoted(channel))") { outcome in
                missing -= 1
                if case .success = outcome, missing == 0 { self.announce(identifier) }
            }
        }
    }

    private func announce(_ identifier: UInt64) {
        guard let subscription = listener.subscriptions[identifier] else { return }
        let isFirst = listener.announced.insert(identifier).inserted
        subscription.continuation.yield(isFirst ? .subscribed : .resubscribed)
    }

    private func sendToListener(
        _ text: String, _ completion: @escaping (Result<PostgresResult, PostgresError>) -> Void
    ) {
        guard let session = listener.session else { return }
        let request = Request(.inner, SQL(unsafe: text))
        request.completion = .call(completion)
        if !session.submit(request, now: now) { loseListener() }
    }

    func deliverNotifications(from session: Session) {
        while let notification = PQnotifies(session.handle) {
            defer { PQfreemem(notification) }
            let event = PostgresNotification(
                channel: String(cString: notification.pointee.relname),
                payload: String(cString: notification.pointee.extra))
            for subscription in listener.subscriptions.values where subscription.channels.contains(event.channel) {
                subscription.continuation.yield(.notification(event))
            }
        }
    }

    func loseListener() {
        guard let session = listener.session else { return }
        listener.session = nil
        let (sent, unsent, error) = session.abandon()
        for request in sent + unsent where !request.isFinished { request.finish(.failure(error)) }
    }

    /// A channel's name as an identifier; LISTEN takes no bound values.
    private func quoted(_ channel: String) -> String {
        "\"" + channel.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
