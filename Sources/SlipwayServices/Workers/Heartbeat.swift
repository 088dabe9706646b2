import Logging
import ServiceLifecycle
import SlipwayCore

/// Says in the database that this server lives, and takes leave when it ends in order.
struct Heartbeat: Service {
    let leases: any LeaseStore
    let server: ServerID
    let logger: Logger

    /// Seconds for which a beat holds: what a killed server had claimed is free after them.
    private static let validity = 8.0
    private static let interval = 2.0

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                do {
                    try await leases.heartbeat(server, seconds: Self.validity)
                } catch {
                    logger.warning("the heartbeat failed", metadata: ["error": "\(error)"])
                }
                // Ends by cancellation when the server stops.
                try? await Task.sleep(for: .seconds(Self.interval))
            }
        }
        await withTaskCancellationShield { [leases, server] in
            // A server that cannot say good-bye is taken for dead a few seconds later.
            try? await leases.leave(server)
        }
    }
}
