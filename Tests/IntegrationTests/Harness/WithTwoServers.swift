/// Runs a test with two servers on one data root and one database, the private PostgreSQL of the first. The first has
/// all leases when the second comes.
func withTwoServers(
    _ first: ServerSettings = ServerSettings(), _ second: ServerSettings = ServerSettings(),
    isSecondStarted: Bool = true, _ body: (_ first: TestServer, _ second: TestServer) async throws -> Void
) async throws {
    try await withTestServer(first) { server in
        let companion = server.companion(second)
        try await Blocking.run {
            try Tools.write(second.tools, to: companion.toolsFolder, path: companion.environment.path)
        }
        do {
            try await Patience.until("the first server follows the cluster") { try await server.isFollowing() }
            if isSecondStarted { try await companion.start() }
            try await body(server, companion)
        } catch {
            print("The log of the second server of a test that failed:\n\(companion.log)")
            server.resume()
            try? await companion.kill()
            throw error
        }
        // A server that stands still cannot stop.
        server.resume()
        companion.resume()
        try await companion.stop()
    }
}
