package import SlipwayCore

/// A task's events from a place on: those that are there, then those that come, up to the one that ends it.
package struct TaskEventStream: AsyncSequence, Sendable {
    package typealias Element = TaskEvent

    let id: TaskID
    let after: Int64
    let store: any TaskStore
    let hub: TaskChangeHub

    /// Looks again after so many seconds even when no hint came.
    private static let ground = 5.0
    private static let page = 200

    package func makeAsyncIterator() -> Iterator {
        Iterator(id: id, cursor: after, store: store, hub: hub)
    }

    package struct Iterator: AsyncIteratorProtocol {
        let id: TaskID
        var cursor: Int64
        let store: any TaskStore
        let hub: TaskChangeHub
        var pending: ArraySlice<TaskEvent> = []
        var isOver = false

        /// - Returns: nil after the event of a final state, and when the server stops.
        package mutating func next() async throws -> TaskEvent? {
            if pending.isEmpty { pending = try await more()[...] }
            guard let event = pending.popFirst() else { return nil }
            cursor = event.id
            return event
        }

        private mutating func more() async throws -> [TaskEvent] {
            if isOver { return [] }
            let (id, cursor, store) = (id, cursor, store)
            let events = try await hub.withBell(for: id) { bell in
                while true {
                    let events = try await store.events(of: id, after: cursor, limit: TaskEventStream.page)
                    if !events.isEmpty { return events }
                    // A reader that comes back after the end must not wait for ever.
                    if try await store.task(id, for: .everything)?.state.isFinal ?? true { return [] }
                    guard await bell.wait(seconds: TaskEventStream.ground) else { return [] }
                }
            }
            if events.isEmpty { isOver = true }
            if events.count < TaskEventStream.page, events.last?.state.isFinal == true { isOver = true }
            return events
        }
    }
}
