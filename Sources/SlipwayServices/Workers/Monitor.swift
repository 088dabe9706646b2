import Foundation
import Logging
import ServiceLifecycle
import SlipwayCore

/// Follows the jobs of one cluster: one squeue a cycle, at most one sacct, however many jobs there are.
///
/// Of several servers the one that holds the cluster's lease does it. A server that lost its lease while it was paused
/// does no harm: each of its changes names the state that it leaves.
struct Monitor: Service {
    let cluster: ClusterConfiguration
    let folders: DataFolders
    let store: any TaskStore
    let leases: any LeaseStore
    let scheduler: any BatchScheduler
    let clusters: ClusterService
    let server: ServerID
    let bell: HintBell
    /// Rung when an attempt was freed to be submitted again.
    let dispatcherBell: HintBell
    let logger: Logger

    /// Seconds for which the lease is taken, renewed each cycle: longer than a cycle whose calls all hang.
    private var lease: Double { cluster.commandTimeout * 3 + 5 }
    /// Seconds between looks at a cluster with nothing of ours on it, and at its partitions and nodes.
    private static let idle = 30.0
    /// Seconds between looks for jobs that were lost.
    private static let lostInterval = 60.0
    /// The longest pause in seconds while jobs are under way.
    private static let longest = 5.0

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            var memory = MonitorMemory()
            var interval = cluster.pollInterval
            while !Task.isCancelled {
                let outcome = await look(&memory)
                switch outcome {
                case .changed: interval = cluster.pollInterval
                case .unchanged: interval = min(interval * 1.5, max(cluster.pollInterval, Self.longest))
                case .idle: interval = max(cluster.pollInterval, Self.idle)
                case .notOurs: interval = max(cluster.pollInterval, 2)
                }
                // The floor is the cluster's: no hint makes the next call come earlier.
                guard (try? await Task.sleep(for: .seconds(cluster.pollInterval))) != nil else { return }
                if interval > cluster.pollInterval {
                    guard await bell.wait(seconds: interval - cluster.pollInterval) else { return }
                }
            }
        }
    }

    private enum Outcome {
        case changed, unchanged, idle, notOurs
    }

    private func look(_ memory: inout MonitorMemory) async -> Outcome {
        do {
            guard try await leases.acquire("monitor/\(cluster.name)", for: server, seconds: lease) else {
                // What was remembered is stale when the lease comes back.
                memory = MonitorMemory()
                return .notOurs
            }
            let includingLost = memory.lastSearchForLost < Date(timeIntervalSinceNow: -Self.lostInterval)
            let open = try await store.openAttempts(cluster: cluster.name, includingLost: includingLost)
            if includingLost { memory.lastSearchForLost = Date() }
            if open.isEmpty, memory.lastLook > Date(timeIntervalSinceNow: -Self.idle) { return .idle }
            memory.lastLook = Date()
            let cycle = MonitorCycle(
                cluster: cluster, files: ExitFileReader(folders: folders), folders: folders, store: store,
                scheduler: scheduler, clusters: clusters, dispatcherBell: dispatcherBell, logger: logger)
            let changes = try await cycle.run(open, memory: &memory)
            await describe(&memory)
            return open.isEmpty ? .idle : changes > 0 ? .changed : .unchanged
        } catch {
            let words = (error as? SlipwayError)?.message ?? "\(error)"
            clusters.update(cluster.name) { $0.problem = words }
            logger.warning(
                "a look at the cluster failed", metadata: ["cluster": "\(cluster.name)", "error": "\(words)"])
            return .unchanged
        }
    }

    private func describe(_ memory: inout MonitorMemory) async {
        guard memory.lastDescription < Date(timeIntervalSinceNow: -Self.idle) else { return }
        memory.lastDescription = Date()
        do {
            let (partitions, nodes) = try await scheduler.resources()
            clusters.update(cluster.name) {
                $0.partitions = partitions
                $0.nodes = nodes
            }
        } catch {
            clusters.update(cluster.name) { $0.problem = error.message }
        }
    }
}

/// What the Monitor remembers from cycle to cycle; losing it costs time, never truth.
struct MonitorMemory {
    /// Successful answers of both witnesses that did not know the job.
    struct Misses {
        var count: Int
        var since: Date
    }

    var lastLook = Date.distantPast
    var lastDescription = Date.distantPast
    var lastSearchForLost = Date.distantPast
    var misses: [Attempt.ID: Misses] = [:]
    var cancelled: [Attempt.ID: Date] = [:]

    /// Forgets attempts that are no longer open.
    mutating func keep(_ open: some Sequence<Attempt.ID>) {
        let ids = Set(open)
        misses = misses.filter { ids.contains($0.key) }
        cancelled = cancelled.filter { ids.contains($0.key) }
    }
}
