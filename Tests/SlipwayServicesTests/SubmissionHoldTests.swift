import Testing

@testable import SlipwayServices

@Suite("A partition or account that takes no more jobs")
struct SubmissionHoldTests {
    static let place = SubmissionHold.Place(partition: "cpu", account: "a")

    @Test("Several refusals at a time are one pause, and a job that is taken ends it")
    func hold() {
        let hold = SubmissionHold()
        #expect(hold.pause(of: Self.place) == nil)
        for _ in 0..<4 { #expect(hold.begin("no more", at: Self.place).seconds == 5) }
        #expect(hold.pause(of: Self.place)?.words == "no more")
        hold.end(at: Self.place)
        #expect(hold.pause(of: Self.place) == nil)
    }

    @Test("Others go on")
    func others() {
        let hold = SubmissionHold()
        _ = hold.begin("no more", at: Self.place)
        #expect(hold.pause(of: SubmissionHold.Place(partition: "gpu", account: "a")) == nil)
        #expect(hold.pause(of: SubmissionHold.Place(partition: "cpu", account: nil)) == nil)
    }
}
