import Logging
import ServiceLifecycle
import SlipwayCore

/// Removes, hour by hour, what is older than the clusters' policies keep it. One server does it at a time.
struct Retention: Service {
    let retention: RetentionService
    let lease: Lease
    /// Rung when the lease comes to this server.
    let bell: HintBell
    let logger: Logger

    private static let interval = 3600.0

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            await withTaskGroup { group in
                group.addTask { await lease.keep() }
                group.addTask { await pruneAgainAndAgain() }
            }
        }
    }

    private func pruneAgainAndAgain() async {
        while !Task.isCancelled {
            if lease.isHeld {
                do {
                    try await prune()
                } catch  where !Task.isCancelled {
                    logger.warning("retention failed", metadata: ["error": "\(error)"])
                } catch {
                    // What was begun goes on after the next start.
                }
            }
            guard await bell.wait(seconds: Self.interval) else { return }
        }
    }

    private func prune() async throws {
        let logger = logger
        let totals = try await retention.prune(cluster: nil) { finding in
            if case .problem(let message) = finding {
                logger.warning("something could not be removed", metadata: ["error": "\(message)"])
            }
        }
        for total in totals where total.count > 0 {
            logger.info(
                "retention removed what was due",
                metadata: [
                    "cluster": "\(total.cluster)", "kind": "\(total.kind ?? "begun before")",
                    "count": "\(total.count)", "bytes": "\(total.bytes)",
                ])
        }
    }
}
