import Testing

/// One server for all tests of a suite: for those that ask it much and change it little.
struct SharedServer: SuiteTrait, TestScoping {
    /// The server of the suite that runs.
    @TaskLocal static var current: TestServer?

    var settings: ServerSettings

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTestServer(settings) { server in
            try await Self.$current.withValue(server) { try await function() }
        }
    }
}

extension Trait where Self == SharedServer {
    static func sharedServer(_ settings: ServerSettings = ServerSettings()) -> SharedServer {
        SharedServer(settings: settings)
    }
}

extension TestServer {
    /// The server of the suite; throws `TestFailure` where the suite has no trait `sharedServer`.
    static func shared() throws -> TestServer {
        guard let server = SharedServer.current else { throw TestFailure("the suite lacks the trait sharedServer") }
        return server
    }
}
