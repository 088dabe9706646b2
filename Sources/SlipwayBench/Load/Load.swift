import NIOCore
import NIOPosix

/// Requests over connections that stay open, each sending its next request when the last one is answered.
struct Load: Sendable {
    enum Bound: Sendable {
        case seconds(Double)
        case requests(Int)
    }

    /// Connection number n sends the request number n, again and again; there may be fewer of them.
    let requests: [ByteBuffer]
    let connections: Int
    let bound: Bound
    /// A short run before, which is not counted.
    var warmUpSeconds = 0.0

    /// - Throws: `BenchError` where an answer is not a success, or a connection breaks.
    func run(port: Int) async throws -> LoadResult {
        if warmUpSeconds > 0 {
            _ = try await run(port: port, until: .seconds(warmUpSeconds))
        }
        return try await run(port: port, until: bound)
    }

    private func run(port: Int, until bound: Bound) async throws -> LoadResult {
        // One thread is enough to keep a server on the same cores busy.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let tally = LoadTally(bound: bound)
        do {
            try await withThrowingTaskGroup(of: Void.self) { connecting in
                for number in 0..<connections {
                    connecting.addTask {
                        let request = requests[number % requests.count]
                        let channel = try await ClientBootstrap(group: group)
                            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                            .channelInitializer { channel in
                                channel.eventLoop.makeCompletedFuture {
                                    try channel.pipeline.syncOperations.addHandler(
                                        LoadConnection(request: request, tally: tally))
                                }
                            }
                            .connect(host: "127.0.0.1", port: port).get()
                        try await channel.closeFuture.get()
                    }
                }
                try await connecting.waitForAll()
            }
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
        return try tally.result()
    }
}
