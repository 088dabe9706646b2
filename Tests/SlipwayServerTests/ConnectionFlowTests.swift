import Testing

@testable import SlipwayServer

@Suite("One HTTP connection")
struct ConnectionFlowTests {
    private func flow(awaitsContinue: Bool = false, isHead: Bool = false, keepsAlive: Bool = true) -> ConnectionFlow {
        var flow = ConnectionFlow(drainLimit: 100)
        flow.requestBegan(isHead: isHead, keepsAlive: keepsAlive, awaitsContinue: awaitsContinue)
        return flow
    }

    @Test("A client that waits is told to go on once, when its body is wanted")
    func goesOn() {
        var flow = flow(awaitsContinue: true)
        let first = flow.bodyWanted()
        #expect(first)
        let second = flow.bodyWanted()
        #expect(!second)
    }

    @Test("A client that sends without waiting is not told to go on")
    func sentWithoutWaiting() {
        var flow = flow(awaitsContinue: true)
        let first = flow.bodyArrived(bytes: 5)
        #expect(first == .forward)
        let second = flow.bodyWanted()
        #expect(!second)
    }

    @Test("A client that waits and is refused never sends: the connection is closed with the answer")
    func refusedBeforeTheBody() {
        var flow = flow(awaitsContinue: true)
        let saysClose = flow.answerBegan()
        #expect(saysClose)
        let outcome = flow.answerEnded()
        #expect(outcome == .init(isSilent: false, closes: true))
    }

    @Test("An answer after the whole request keeps the connection")
    func keepsTheConnection() {
        var flow = flow()
        let first = flow.bodyArrived(bytes: 1000)
        #expect(first == .forward)
        let second = flow.requestEnded()
        #expect(second == .forward)
        let saysClose = flow.answerBegan()
        #expect(!saysClose)
        let third = flow.answerEnded()
        #expect(third == .init(isSilent: false, closes: false))
    }

    @Test("After an early answer the rest of the body is dropped up to a limit, then the connection is closed")
    func drains() {
        var flow = flow()
        let first = flow.bodyArrived(bytes: 1000)
        #expect(first == .forward)
        let saysClose = flow.answerBegan()
        #expect(saysClose)
        let second = flow.answerEnded()
        #expect(second == .init(isSilent: false, closes: false))
        let third = flow.bodyArrived(bytes: 60)
        #expect(third == .forward)
        let fourth = flow.bodyArrived(bytes: 60)
        #expect(fourth == .close)
    }

    @Test("Nothing is answered after an early answer, and everything before it")
    func spent() {
        var flow = flow()
        #expect(!flow.isSpent)
        _ = flow.answerBegan()
        #expect(!flow.isSpent)
        _ = flow.answerEnded()
        #expect(flow.isSpent)
    }

    @Test("After an early answer the connection is closed at the body's end")
    func closesAtTheEnd() {
        var flow = flow()
        _ = flow.answerBegan()
        _ = flow.answerEnded()
        let first = flow.bodyArrived(bytes: 60)
        #expect(first == .forward)
        let second = flow.requestEnded()
        #expect(second == .close)
    }

    @Test("The answer to HEAD ends without a byte")
    func head() {
        var flow = flow(isHead: true)
        _ = flow.requestEnded()
        _ = flow.answerBegan()
        let outcome = flow.answerEnded()
        #expect(outcome == .init(isSilent: true, closes: false))
    }

    @Test("A client that asks for it gets its connection closed")
    func closeWanted() {
        var flow = flow(keepsAlive: false)
        _ = flow.requestEnded()
        let saysClose = flow.answerBegan()
        #expect(saysClose)
        let outcome = flow.answerEnded()
        #expect(outcome.closes)
    }

    @Test("Requests that were sent ahead are answered one after the other")
    func pipelined() {
        var flow = flow(isHead: true)
        _ = flow.requestEnded()
        flow.requestBegan(isHead: false, keepsAlive: true, awaitsContinue: false)
        _ = flow.requestEnded()
        _ = flow.answerBegan()
        let first = flow.answerEnded()
        #expect(first == .init(isSilent: true, closes: false))
        _ = flow.answerBegan()
        let second = flow.answerEnded()
        #expect(second == .init(isSilent: false, closes: false))
    }
}
