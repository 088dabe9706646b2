import NIOHTTP1
package import SlipwayAPI

extension RemoteServer {
    /// One task. With `waiting`, the answer comes at its next change, or after that many seconds.
    package func task(_ id: String, waiting seconds: Int? = nil) async throws -> Answer<TaskAnswer> {
        try await answer(to: request(.GET, ["api", "v1", "tasks", id], query: [("wait", seconds.map { "\($0)" })]))
    }

    /// A page of tasks, newest first.
    package func tasks(
        state: String?, cluster: String?, experiment: String?, cursor: String?, limit: Int?
    ) async throws -> Answer<TaskListAnswer> {
        try await answer(
            to: request(
                .GET, ["api", "v1", "tasks"],
                query: [
                    ("state", state), ("cluster", cluster), ("experiment", experiment), ("cursor", cursor),
                    ("limit", limit.map { "\($0)" }),
                ]))
    }

    /// Records the wish to end the task.
    package func cancel(task id: String) async throws -> Answer<TaskAnswer> {
        try await answer(to: request(.POST, ["api", "v1", "tasks", id, "cancel"]))
    }

    /// Asks for a new attempt of a task that has ended.
    package func retry(task id: String) async throws -> Answer<TaskAnswer> {
        try await answer(to: request(.POST, ["api", "v1", "tasks", id, "retry"]))
    }
}
