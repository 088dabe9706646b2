extension ServerUnderTest {
    /// Runs `body` with a server whose tasks stay queued.
    static func withQueue<Value: Sendable>(
        _ bench: Bench, folder: String, _ body: @escaping @Sendable (ServerUnderTest) async throws -> Value
    ) async throws -> Value {
        let stalled = try StalledSbatch(in: bench.workplace.folder)
        return try await with(
            bench, folder: folder,
            adjust: {
                $0.pathBefore = stalled.folder
                $0.submitConcurrency = 1
                $0.commandTimeout = 600
                $0.pollInterval = 3600
            }
        ) { server in
            defer { stalled.release() }
            return try await body(server)
        }
    }
}
