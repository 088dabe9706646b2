import Logging
import Synchronization

extension EmbeddedPostgres {
    /// Starts the server again whenever it ends by itself; throws `CancellationError` when it is told to leave off.
    func watch() async throws {
        var failures = 0
        while true {
            guard let server = state.withLock({ $0.server }) else { return }
            let end = await server.ended()
            try Task.checkCancellation()
            guard !state.withLock({ $0.isStopping }) else { return }
            logger.error(
                "Private PostgreSQL ended by itself", metadata: ["how": "\(end)", "log": "\(folder.logFolder)"])
            state.withLock { $0.server = nil }
            while true {
                do {
                    try await start()
                    failures = 0
                    break
                } catch let error as PostgresError {
                    failures += 1
                    guard failures < 10 else { throw error }
                    logger.error("Private PostgreSQL did not start again", metadata: ["error": "\(error)"])
                    try await Task.sleep(for: .milliseconds(200 << min(failures, 5)))
                }
            }
        }
    }
}
