import Foundation
import SlipwayCore

extension TaskService {
    /// The task once Slurm's job id of its present attempt is known or it has ended, or as it is after so many seconds;
    /// nil where there is none.
    func waitForJob(_ id: TaskID, seconds: Double) async throws -> MLTask? {
        let deadline = Date(timeIntervalSinceNow: seconds)
        return try await hub.withBell(for: id) { bell in
            while true {
                let task = try await store.task(id, for: .everything)
                let left = deadline.timeIntervalSinceNow
                guard let task, task.attempt?.jobID == nil, !task.state.isFinal, left > 0 else { return task }
                guard await bell.wait(seconds: left) else { return task }
            }
        }
    }
}
