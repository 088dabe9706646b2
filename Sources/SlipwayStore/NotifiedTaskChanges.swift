import Postgres
import SlipwayCore

/// Changes as PostgreSQL's notifications tell them: the payload is `ID STATE`.
struct NotifiedTaskChanges: AsyncSequence, Sendable {
    let base: PostgresNotifications

    func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator()) }

    struct Iterator: AsyncIteratorProtocol {
        var base: PostgresNotifications.AsyncIterator

        mutating func next() async throws -> TaskChange? {
            guard let element = await base.next(isolation: #isolation) else { return nil }
            switch element {
            case .subscribed, .resubscribed:
                return .all
            case .notification(let notification):
                let words = notification.payload.split(separator: " ")
                guard words.count == 2, let id = TaskID(String(words[0])),
                    let state = TaskState(rawValue: String(words[1]))
                else { return .all }
                return .task(id, state)
            }
        }
    }
}
