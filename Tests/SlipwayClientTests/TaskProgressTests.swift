import Foundation
import SlipwayAPI
import SlipwayClient
import Testing

@Suite("Progress of a task")
struct TaskProgressTests {
    @Test("Events that come again after a new connection are skipped")
    func repeated() {
        var progress = TaskProgress()
        #expect(progress.received(.sample(id: 1, state: "queued")) == .show)
        #expect(progress.received(.sample(id: 2, state: "running")) == .show)
        #expect(progress.received(.sample(id: 1, state: "queued")) == .skip)
        #expect(progress.received(.sample(id: 2, state: "running")) == .skip)
        #expect(progress.lastEventID == 2)
    }

    @Test("Every final state is confirmed", arguments: ["succeeded", "failed", "cancelled", "lost"])
    func final(state: String) {
        var progress = TaskProgress()
        #expect(progress.received(.sample(id: 1, state: state)) == .showAndConfirm)
        #expect(progress.isComplete(.sample(state: state, attempt: 1)))
    }

    @Test("The end of an earlier attempt is not the task's end")
    func retried() {
        var progress = TaskProgress()
        _ = progress.received(.sample(id: 1, attempt: 1, state: "failed"))
        #expect(!progress.isComplete(.sample(state: "running", attempt: 2)))
        #expect(!progress.isComplete(.sample(state: "succeeded", attempt: 2)))
        _ = progress.received(.sample(id: 2, attempt: 2, state: "succeeded"))
        #expect(progress.isComplete(.sample(state: "succeeded", attempt: 2)))
    }

    @Test("A task that was cancelled before its first attempt is complete")
    func neverStarted() {
        var progress = TaskProgress()
        _ = progress.received(.sample(id: 1, attempt: 0, state: "cancelled"))
        #expect(progress.isComplete(.sample(state: "cancelled", attempt: nil)))
    }
}
