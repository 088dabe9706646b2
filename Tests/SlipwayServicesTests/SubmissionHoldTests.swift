import Testing

@testable import SlipwayServices

@Suite("A cluster that takes no more jobs")
struct SubmissionHoldTests {
    @Test("Several refusals at a time are one pause, and a job that is taken ends it")
    func hold() {
        let hold = SubmissionHold()
        #expect(!hold.isOn)
        #expect(!hold.isProbing)
        for _ in 0..<4 { hold.begin("no more") }
        #expect(hold.isOn)
        #expect(hold.isProbing)
        #expect(hold.seconds == 5)
        #expect(hold.words == "no more")
        hold.end()
        #expect(!hold.isOn)
        #expect(!hold.isProbing)
    }
}
