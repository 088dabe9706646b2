import Testing

@testable import SlipwayServices

@Suite("Locks by key")
struct KeyedLocksTests {
    /// Who is inside, by key, and how often somebody was.
    private actor Register {
        private var inside: Set<String> = []
        private(set) var turns = 0

        func enter(_ key: String) { #expect(inside.insert(key).inserted, "two hold \(key)") }

        func leave(_ key: String) {
            inside.remove(key)
            turns += 1
        }
    }

    @Test("Who holds a key holds it alone, and everybody has his turn")
    func alone() async throws {
        let locks = KeyedLocks()
        let register = Register()
        try await withThrowingTaskGroup { group in
            for number in 0..<200 {
                let key = "key \(number % 3)"
                group.addTask {
                    try await locks.withLock(key) {
                        await register.enter(key)
                        await Task.yield()
                        await register.leave(key)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(await register.turns == 200)
    }

    @Test("A lock is free again after an error, and after one who was cancelled while he waited")
    func freed() async throws {
        struct Fault: Error {}
        let locks = KeyedLocks()
        await #expect(throws: Fault.self) { try await locks.withLock("a") { throw Fault() } }
        let waiting = try await locks.withLock("a") {
            let waiting = Task { try await locks.withLock("a") { Issue.record("a cancelled task had its turn") } }
            waiting.cancel()
            return waiting
        }
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(try await locks.withLock("a") { 7 } == 7)
    }
}
