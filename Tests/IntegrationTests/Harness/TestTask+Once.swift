import Foundation
import SlipwayAPI
import Testing

extension TestTask {
    /// The same task, asked of another server.
    func through(_ other: TestServer) -> TestTask { TestTask(server: other, id: id, owner: owner) }

    /// It went one way, step by step, in one attempt: no event came twice, none came late.
    func expectEventsOnce() async throws {
        let order = ["queued", "submitting", "pending", "running", "collecting", "succeeded"]
        let states = try await events().map(\.state)
        #expect(states == order.filter { states.contains($0) }, "task \(id)")
        #expect(states.last == "succeeded")
        #expect(try await attempts().count == 1)
    }

    /// How often its script has run: `TrainingScript.counted` leaves a line each time.
    func runs() -> Int {
        let data = FileManager.default.contents(atPath: folder + "/files/runs") ?? Data()
        return data.count { $0 == UInt8(ascii: "\n") }
    }
}

extension TrainingScript {
    /// Leaves a line for each time that it runs.
    static let counted = TrainingScript(
        text: """
            import os
            with open("runs", "a") as file:
                file.write("once\\n")
            with open(os.path.join(os.environ["SLIPWAY_OUTPUT"], "model.txt"), "w") as file:
                file.write("a model\\n")
            """)
}

/// Accounting knows exactly one job, which ended well, for the first attempt of each task, and no other.
func expectOneJob(for tasks: [TestTask], under folder: String) async throws {
    let jobs = try await Patience.value("accounting knows the ends of all jobs") {
        let jobs = try await Slurm.accounting(under: folder)
        return jobs.count >= tasks.count && jobs.allSatisfy { $0.state == "COMPLETED" } ? jobs : nil
    }
    #expect(jobs.map(\.folder).sorted() == tasks.map { "\($0.folder)/attempts/1" }.sorted())
    try await Slurm.untilNone(under: folder)
    for task in tasks {
        let jobID = try await task.now().jobID
        #expect(jobs.first { $0.folder.hasPrefix(task.folder + "/") }?.id == jobID)
    }
}
