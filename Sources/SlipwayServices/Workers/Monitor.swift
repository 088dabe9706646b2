import Foundation
import Logging
import ServiceLifecycle
import SlipwayCore

/// Follows the jobs of one cluster: one squeue a cycle, at most one sacct, however many jobs there are.
///
/// Of several servers the one that holds the cluster's lease does it. A server that lost its lease while it was paused
/// does no harm: it looks at its clock before it acts, and each of its changes names the state that it leaves.
struct Monitor: Service {
    let cluster: ClusterConfiguration
    let store: any TaskStore
    let scheduler: any BatchScheduler
    let clusters: ClusterService
    let lease: Lease
    let cycle: MonitorCycle
    let meter: MonitorMeter
    let bell: HintBell
    let logger: Logger

    /// Seconds between looks at partitions and nodes, and at a cluster with nothing of ours on it.
    private static let descriptionInterval = 60.0
    private static let idle = 30.0
    /// Seconds between looks for jobs that were lost.
    private static let lostInterval = 60.0

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            await withTaskGroup { group in
                group.addTask { await lease.keep() }
                group.addTask { await follow() }
            }
        }
    }

    private func follow() async {
        var memory = MonitorMemory()
        var pace = MonitorPace(floor: cluster.pollInterval)
        while !Task.isCancelled {
            guard lease.isHeld else {
                // What was remembered is stale when the lease comes back.
                memory = MonitorMemory()
                guard await bell.wait(seconds: Self.idle) else { return }
                continue
            }
            let (outcome, seconds) = await look(&memory)
            pace.note(outcome, answeredIn: seconds)
            guard (try? await Task.sleep(for: .seconds(pace.least))) != nil else { return }
            if pace.interval > pace.least {
                guard await bell.wait(seconds: pace.interval - pace.least) else { return }
            }
        }
    }

    /// - Returns: What came of it, and how many seconds squeue took.
    private func look(_ memory: inout MonitorMemory) async -> (MonitorPace.Outcome, Double) {
        let start = ContinuousClock.now
        var seconds = 0.0
        do {
            let includingLost =
                memory.lastSearchForLost < Date(timeIntervalSinceNow: -min(Self.lostInterval, cluster.lostAfter))
            let open = try await store.openAttempts(cluster: cluster.name, includingLost: includingLost)
            if includingLost { memory.lastSearchForLost = Date() }
            if open.isEmpty, memory.lastLook > Date(timeIntervalSinceNow: -Self.idle) { return (.idle, 0) }
            memory.lastLook = Date()
            await describe(&memory)
            let changes = try await cycle.run(open, memory: &memory, queueSeconds: &seconds)
            await probeAccounting(open, &memory)
            meter.cycleEnded(seconds: (ContinuousClock.now - start) / .seconds(1), attempts: open.count)
            return (open.isEmpty ? .idle : changes > 0 ? .changed : .unchanged, seconds)
        } catch {
            let words = (error as? SlipwayError)?.message ?? "\(error)"
            clusters.update(cluster.name) { $0.problem = words }
            logger.warning(
                "a look at the cluster failed", metadata: ["cluster": "\(cluster.name)", "error": "\(words)"])
            return (.failed, seconds)
        }
    }

    private func describe(_ memory: inout MonitorMemory) async {
        guard memory.lastDescription < Date(timeIntervalSinceNow: -Self.descriptionInterval) else { return }
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

    /// While jobs are under way and nothing was to be asked of accounting, asks it of one job now and then: that it is
    /// away is to be known before it is needed.
    private func probeAccounting(_ open: [OpenAttempt], _ memory: inout MonitorMemory) async {
        guard memory.lastAccounting < Date(timeIntervalSinceNow: -Self.descriptionInterval),
            clusters.hasAccounting(cluster.name) != false, let job = open.lazy.compactMap(\.attempt.jobID).first
        else { return }
        _ = await cycle.askAccounting(&memory) { scheduler throws(SlipwayError) in
            try await scheduler.accounting(jobs: [job])
        }
    }
}
