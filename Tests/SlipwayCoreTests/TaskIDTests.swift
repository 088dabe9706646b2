import Foundation
import SlipwayCore
import Testing

@Suite("Task ids")
struct TaskIDTests {
    @Test("Ids sort by the time at which they were made")
    func sortByTime() {
        let times = (0..<200).map { Date(timeIntervalSince1970: 1_800_000_000 + Double($0) * 0.004) }
        let ids = times.map { time in TaskIDGenerator(now: { time }).next() }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
    }

    @Test("Ids of one generator rise even when the clock stands still or goes back")
    func riseWithoutClock() {
        let late = Date(timeIntervalSince1970: 1_800_000_000)
        let generator = TaskIDGenerator(now: { Bool.random() ? late : late.addingTimeInterval(-100) })
        let ids = (0..<5000).map { _ in generator.next() }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
    }

    @Test("An id is ten characters that can be read aloud")
    func readAloud() {
        let id = TaskIDGenerator().next()
        #expect(id.text.count == 10)
        #expect(id.text.allSatisfy { "0123456789abcdefghjkmnpqrstvwxyz".contains($0) })
    }

    @Test(
        "An id is read as people write it",
        arguments: [("0VQEPJ3T1K", "0vqepj3t1k"), ("ovqepj3tik", "0vqepj3t1k"), ("0vqepj3tlk", "0vqepj3t1k")])
    func lookAlikes(written: String, meant: String) {
        #expect(TaskID(written)?.text == meant)
    }

    @Test(
        "What cannot be an id is none",
        arguments: ["", "0vqepj3t1", "0vqepj3t1kk", "0vqepj3t1u", "../../../x", "0vqepj3t1\u{0}", "０vqepj3t1k"])
    func notAnID(text: String) {
        #expect(TaskID(text) == nil)
    }
}
