import NIOPosix

/// Runs blocking calls on threads of their own, never on Swift's cooperative pool.
enum BlockingIO {
    static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await NIOThreadPool.singleton.runIfActive(body)
    }
}
