import Foundation
import SlipwayAPI
import SlipwayClient
import Testing

extension TestTask {
    /// How often Slurm put the job of the first attempt back into its queue; nil where it never did.
    func restarts() async throws -> Int? { try await attempts().first?.restarts }

    /// The first event after a position in which the witness says a word; throws when the task ends without it.
    func event(
        saying word: String, after position: Int64 = 0, within limit: Duration = .seconds(120)
    ) async throws -> TaskEventAnswer {
        try await Patience.value("task \(id) has an event “\(word)”", within: limit) {
            try await follow(after: position) { $0.raw == word || TaskStates.isFinal($0.state) }
                .flatMap { $0.raw == word ? $0 : nil }
        }
    }

    /// The batch script of an attempt.
    func script(ofAttempt number: Int) throws -> String {
        try String(contentsOfFile: "\(folder)/attempts/\(number)/job.sbatch", encoding: .utf8)
    }

    /// Accounting knows exactly one job for each attempt, and no other. Of a requeued job that is the last run.
    func expectOneJob(forAttempts count: Int) async throws {
        let jobs = try await Patience.value("accounting knows the jobs of task \(id)") {
            let jobs = Set(try await Slurm.accounting(under: folder).map { "\($0.id) \($0.folder)" })
            return jobs.count >= count ? jobs : nil
        }
        let attempts = try await attempts()
        #expect(attempts.count == count)
        #expect(jobs == Set(attempts.map { "\($0.jobID ?? 0) \(folder)/attempts/\($0.number)" }))
    }

    /// Of each attempt the states only go forward; where another one follows, the task is queued at the end of it.
    func expectNoStepBack() async throws {
        let order = ["queued", "submitting", "pending", "running", "collecting", "succeeded", "failed", "cancelled"]
        let events = try await events()
        for number in Set(events.map(\.attempt)) where number > 0 {
            let ranks = events.filter { $0.attempt == number && $0.state != "queued" }.compactMap {
                order.firstIndex(of: $0.state)
            }
            #expect(ranks == ranks.sorted())
        }
    }
}
