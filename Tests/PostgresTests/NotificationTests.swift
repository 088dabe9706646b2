import Postgres
import Testing

extension PostgresTests {
    @Suite("Notifications")
    struct NotificationTests {
        @Test("What is notified after the subscription arrives, in order, on the right channels")
        func arrives() async throws {
            try await withClient { client async throws in
                let channel = "Näme \"quoted\" " + freshName().prefix(8)
                let other = freshName()
                var events = client.notifications(on: [channel]).makeAsyncIterator()
                #expect(await events.next() == .subscribed)
                for number in 0..<5 {
                    _ = try await client.query("SELECT pg_notify(\(other), 'no')")
                    _ = try await client.query("SELECT pg_notify(\(channel), \("payload \(number)"))")
                }
                for number in 0..<5 {
                    #expect(
                        await events.next()
                            == .notification(PostgresNotification(channel: channel, payload: "payload \(number)")))
                }
            }
        }

        @Test("Several readers of one channel each get everything; one that leaves takes nothing away")
        func readers() async throws {
            try await withClient { client async throws in
                let channel = freshName()
                var first = client.notifications(on: [channel]).makeAsyncIterator()
                #expect(await first.next() == .subscribed)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let (ready, tell) = AsyncStream.makeStream(of: Void.self)
                    group.addTask {
                        for await event in client.notifications(on: [channel]) {
                            if event == .subscribed { tell.finish() } else { break }
                        }
                    }
                    for await _ in ready {}
                    _ = try await client.query("SELECT pg_notify(\(channel), 'one')")
                    try await group.waitForAll()
                }
                _ = try await client.query("SELECT pg_notify(\(channel), 'two')")
                #expect(await first.next() == .notification(PostgresNotification(channel: channel, payload: "one")))
                #expect(await first.next() == .notification(PostgresNotification(channel: channel, payload: "two")))
            }
        }

        @Test("After a lost connection the reader is told and gets what follows")
        func resubscribes() async throws {
            try await withClient { client async throws in
                let channel = freshName()
                var events = client.notifications(on: [channel]).makeAsyncIterator()
                #expect(await events.next() == .subscribed)
                let ended = try await client.query(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE query LIKE \("LISTEN%\(channel)%") AND pid <> pg_backend_pid()
                    """
                )
                #expect(ended.count == 1)
                #expect(await events.next() == .resubscribed)
                _ = try await client.query("SELECT pg_notify(\(channel), 'again')")
                #expect(await events.next() == .notification(PostgresNotification(channel: channel, payload: "again")))
            }
        }

        @Test("The sequence ends with the client")
        func ends() async throws {
            let last = try await withClient { client async throws in
                let notifications = client.notifications(on: [freshName()])
                var events = notifications.makeAsyncIterator()
                #expect(await events.next() == .subscribed)
                return notifications
            }
            var events = last.makeAsyncIterator()
            #expect(await events.next() == nil)
        }
    }
}
