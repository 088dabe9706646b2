import Foundation
import SlipwayAPI
import Synchronization
import Testing

@Suite("The database is away")
struct DatabaseOutageTests {
    @Test("Under load, requests work or are answered 503 with Retry-After, and afterwards everything goes on")
    func killedUnderLoad() async throws {
        try await withTestServer { server in
            let load = Load()
            let first = try await server.submit(TaskConfig(experiment: "before"), .gated)
            try await first.until("running")
            let accepted = try await withThrowingTaskGroup(of: [TestTask].self) { group in
                for reader in 0..<4 {
                    group.addTask {
                        var tasks: [TestTask] = []
                        while !load.isOver.withLock({ $0 }) {
                            let isWriter = reader == 0 && tasks.count < 8
                            let answer =
                                isWriter
                                ? try await server.post(
                                    "/new_task", form: .task(TaskConfig(experiment: "during"), .quick))
                                : try await server.get(reader == 1 ? "/api/v1/tasks" : first.path)
                            load.answers.withLock { $0[answer.status, default: 0] += 1 }
                            switch answer.status {
                            case 201:
                                let task: TaskAnswer = try answer.decoded(status: 201)
                                tasks.append(TestTask(server: server, id: task.id, owner: .ada))
                            case 503: #expect(Int(answer.headers["retry-after"] ?? "") ?? 0 > 0)
                            default: #expect(answer.status == 200, "\(answer.text)")
                            }
                        }
                        return tasks
                    }
                }
                for signal in [SIGKILL, SIGQUIT] {
                    let postmaster = try server.postmaster()
                    kill(postmaster, signal)
                    try await Patience.until("PostgreSQL runs again") {
                        guard let now = try? server.postmaster(), now != postmaster else { return false }
                        return try await server.get("/readyz", as: nil).status == 200
                    }
                }
                load.isOver.withLock { $0 = true }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(load.answers.withLock { $0[200] ?? 0 } > 0)
            try first.openGate()
            let last = try await server.submit(TaskConfig(experiment: "after"))
            for task in [first] + accepted + [last] { try await task.until("succeeded") }
        }
    }

    /// What the requests beside the test share.
    private final class Load: Sendable {
        /// How often each status was answered.
        let answers = Mutex<[Int: Int]>([:])
        let isOver = Mutex(false)
    }
}
