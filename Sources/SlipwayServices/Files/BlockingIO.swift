import NIOPosix

/// Runs blocking calls on threads of their own, never on Swift's cooperative pool.
enum BlockingIO {
    /// Who waits for whom: calls of one lane share its threads, and no lane can fill another's.
    enum Lane: Sendable {
        /// Calls that take milliseconds, such as opening or flushing a file.
        case quick
        /// Calls that take as long as a model is large: copying, hashing, packing and unpacking.
        case bulk
        /// Work in folders that users' scripts write, for whoever asks for it: however long a script makes it last, it
        /// holds up nobody's upload or model.
        case scripted
        /// Password hashes: each takes 32 MB and a core for a tenth of a second.
        case password
        /// Decoding and resizing a picture: milliseconds of a core.
        case picture
    }

    // Started once and never stopped: requests and workers that are being shut down still finish their calls.
    private static let quick = pool(threads: 8)
    private static let bulk = pool(threads: 2)
    private static let scripted = pool(threads: 2)
    private static let password = pool(threads: 2)
    private static let picture = pool(threads: 4)

    /// - Throws: `CancellationError` where the calling task is cancelled before its turn comes; what `body` throws.
    static func run<Value: Sendable>(
        on lane: Lane = .quick, _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        let pool =
            switch lane {
            case .quick: quick
            case .bulk: bulk
            case .scripted: scripted
            case .password: password
            case .picture: picture
            }
        return try await pool.runIfActive(body)
    }

    private static func pool(threads: Int) -> NIOThreadPool {
        let pool = NIOThreadPool(numberOfThreads: threads)
        pool.start()
        return pool
    }
}
