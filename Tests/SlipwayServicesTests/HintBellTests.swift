import Testing

@testable import SlipwayServices

@Suite("The bell that waiters wait for")
struct HintBellTests {
    @Test("A ring before the wait is not lost")
    func ringBefore() async {
        let bell = HintBell()
        bell.ring()
        bell.ring()
        #expect(await bell.wait(seconds: 3600))
    }

    @Test("A ring during the wait ends it")
    func ringDuring() async {
        let bell = HintBell()
        async let waited = bell.wait(seconds: 3600)
        bell.ring()
        #expect(await waited)
    }

    @Test("A wait without a ring ends by its time")
    func time() async {
        #expect(await HintBell().wait(seconds: 0.01))
    }

    @Test("A closed bell ends every wait and says so")
    func closed() async {
        let bell = HintBell()
        bell.close()
        #expect(await !bell.wait(seconds: 3600))
    }

    @Test("Cancelling the waiter ends the wait")
    func cancelled() async {
        let bell = HintBell()
        let result = await withTaskGroup(of: Bool.self) { group in
            group.addTask { await bell.wait(seconds: 3600) }
            group.cancelAll()
            return await group.next()
        }
        #expect(result == false)
    }
}
