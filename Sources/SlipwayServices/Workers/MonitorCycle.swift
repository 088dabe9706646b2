import Foundation
import Logging
import SlipwayCore
import Slurm

/// One look at a cluster's jobs, and what follows from it.
struct MonitorCycle {
    let cluster: ClusterConfiguration
    let files: ExitFileReader
    let folders: DataFolders
    let store: any TaskStore
    let scheduler: any BatchScheduler
    let clusters: ClusterService
    let lease: Lease
    let dispatcherBell: HintBell
    let faults: Faults
    let logger: Logger

    /// Seconds within which the shared file system shows a failed job's exit file.
    private static let exitFileLag = 15.0
    /// Seconds after which scancel is called again for a job that goes on.
    private static let cancelAgain = 10.0
    /// Attempts that are acted on at a time.
    private static let width = 4

    /// - Parameter queueSeconds: Set to how long squeue took.
    /// - Returns: How many attempts changed their state, or make the next look urgent.
    func run(_ open: [OpenAttempt], memory: inout MonitorMemory, queueSeconds: inout Double) async throws -> Int {
        memory.keep(open.lazy.map(\.attempt.id))
        // What is decided by age is decided by the time at which was asked, not by that of the answer.
        let now = Date()
        let queue = Sightings(try await askQueue(&queueSeconds))
        faults.pass(.queueRead)
        clusters.update(cluster.name) {
            $0.lastContact = now
            $0.problem = nil
            $0.jobsWaiting = queue.waiting
            $0.jobsRunning = queue.running
        }
        var missing: [OpenAttempt] = []
        var absent: Set<Attempt.ID> = []
        var sighted: [(open: OpenAttempt, sighting: JobSighting)] = []
        for attempt in open {
            if let sighting = queue.sighting(of: attempt, in: folder(of: attempt)) {
                memory.misses[attempt.attempt.id] = nil
                sighted.append((attempt, sighting))
            } else if attempt.attempt.jobID == nil || attempt.attempt.state == .lost
                || memory.absent.contains(attempt.attempt.id)
            {
                missing.append(attempt)
                absent.insert(attempt.attempt.id)
            } else {
                // One answer without it may be that of a controller that is only starting.
                absent.insert(attempt.attempt.id)
            }
        }
        let isNewlyAbsent = !absent.isSubset(of: memory.absent)
        memory.absent = absent
        let news = sighted.filter { isNews($0.sighting, of: $0.open) }
        let alone = Witnesses(queue: queue, accounting: nil)
        var changes = try await act(on: news) { try await follow($0.open, $0.sighting, among: alone, at: now) }
        try await note(sighted, places: queue, memory: &memory, at: now)
        let unexplained = news.filter { $0.sighting.phase == .ended(.failed(.exitCode)) }.map(\.open)
        changes += try await lookFor(missing, explaining: unexplained, beside: queue, memory: &memory, at: now)
        await cancel(open, queue, memory: &memory, at: now)
        return isNewlyAbsent ? max(changes, 1) : changes
    }

    private func askQueue(_ seconds: inout Double) async throws -> [JobSighting] {
        let asked = ContinuousClock.now
        defer { seconds = (ContinuousClock.now - asked) / .seconds(1) }
        return try await scheduler.queue()
    }

    func folder(of open: OpenAttempt) -> String {
        folders.task(open.attempt.id.task).attempt(open.attempt.id.number).path
    }

    /// Whether a sighting may change anything: of 10,000 jobs most go on as they were.
    private func isNews(_ sighting: JobSighting, of open: OpenAttempt) -> Bool {
        sighting.phase.isEnded
            || AttemptStateMachine(open).sighted(sighting, report: nil, at: Date.distantPast) != nil
    }

    /// Acts on several attempts at a time; a fault that is one's own does not stop the others.
    ///
    /// - Returns: For how many of them `body` said true.
    func act<Item: Sendable>(
        on items: [Item], _ body: @escaping @Sendable (Item) async throws -> Bool
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            var changes = 0
            for (index, item) in items.enumerated() {
                if index >= Self.width, try await group.next() == true { changes += 1 }
                group.addTask { try await alone { try await body(item) } }
            }
            for try await isChange in group where isChange { changes += 1 }
            return changes
        }
    }

    private func alone(_ body: () async throws -> Bool) async throws -> Bool {
        // Whoever was paused, or whose database was away, may not be the one that follows this cluster any more.
        guard lease.isHeld else { throw SlipwayError(.unavailable, "Another server follows this cluster now.") }
        do {
            return try await body()
        } catch let error as SlipwayError where error.code == .unavailable {
            throw error
        } catch {
            logger.error("an attempt could not be followed", metadata: ["error": "\(String(reflecting: error))"])
            return false
        }
    }

    /// What jobs of an attempt left in its folder.
    struct Traces {
        /// The exit file of the job that was asked for.
        var report: AttemptStateMachine.ExitReport?
        /// The job that took the attempt.
        var holder: Int64?
    }

    func traces(of open: OpenAttempt, jobID: Int64) async throws -> Traces {
        let (id, files) = (open.attempt.id, files)
        return try await BlockingIO.run {
            Traces(report: files.report(of: id, jobID: jobID), holder: files.claimant(of: id))
        }
    }

    /// Acts on what a witness says of an attempt's job; what the job left counts once it has ended.
    func follow(
        _ open: OpenAttempt, _ sighting: JobSighting, among witnesses: Witnesses, at now: Date
    ) async throws -> Bool {
        guard sighting.phase.isEnded else {
            return try await apply(AttemptStateMachine(open).sighted(sighting, report: nil, at: now))
        }
        let traces = try await traces(of: open, jobID: sighting.jobID)
        let report = traces.report
        if report == nil, let holder = traces.holder, holder != sighting.jobID,
            try await isKnown(holder, of: open, among: witnesses)
        {
            return try await hand(open, to: holder, insteadOf: sighting.jobID, at: now)
        }
        let others = witnesses.queue.jobs(in: folder(of: open)).filter {
            !$0.phase.isEnded && $0.jobID != sighting.jobID
        }
        if let other = others.first {
            // A cancelled attempt has ended when none of its jobs is left, should it ever have had two.
            if open.cancelRequested { return false }
            if report == nil { return try await hand(open, to: other.jobID, insteadOf: sighting.jobID, at: now) }
        }
        if report == nil, sighting.phase == .ended(.failed(.exitCode)),
            now.timeIntervalSince(sighting.endedAt ?? now) < Self.exitFileLag
        {
            return false
        }
        let machine = AttemptStateMachine(
            open, circumstances: try await circumstances(of: open, nodes: sighting.node ?? open.attempt.node))
        return try await apply(machine.sighted(sighting, report: report, at: now))
    }

    /// - Returns: Whether there was a step, and it was still to be made.
    func apply(_ transition: AttemptTransition?) async throws -> Bool {
        guard let transition, try await store.apply(transition) else { return false }
        faults.pass(transition.next == nil ? .stepRecorded : .retryPlanned)
        if transition.next != nil { dispatcherBell.ring() }
        return true
    }

    /// What decides on another attempt, should this one turn out to have failed.
    func circumstances(of open: OpenAttempt, nodes: String?) async throws -> RetryCircumstances? {
        guard let task = try await store.task(open.attempt.id.task, for: .everything) else { return nil }
        let partition = cluster.partitions[task.specification.partition]
        let known = clusters.nodes(of: cluster.name).filter { $0.partitions.contains(partition?.partition ?? "") }
        let usable = Set(known.map(\.name)).subtracting(cluster.excludedNodes.flatMap { HostList.expand($0) ?? [$0] })
        return RetryCircumstances(
            specification: task.specification, retriesLeft: open.retriesLeft,
            failedNodes: failed(among: nodes.flatMap { HostList.expand($0) } ?? [], of: known),
            partitionNodes: usable.isEmpty ? nil : usable,
            maximumMemoryMegabytes: partition?.maximumMemoryMegabytes)
    }

    /// Of several nodes those that sinfo does not show in order; a single one is to blame by itself.
    private func failed(among nodes: [String], of known: [ClusterStatus.NodeStatus]) -> [String] {
        if nodes.count == 1 { return nodes }
        let sound = Set(
            known.filter { ["idle", "mixed", "allocated", "completing"].contains($0.state.lowercased()) }.map(\.name))
        return nodes.filter { !sound.contains($0) }
    }

    /// Whether a witness, or an exit file of its own, tells of the job that took an attempt.
    func isKnown(_ holder: Int64, of open: OpenAttempt, among witnesses: Witnesses) async throws -> Bool {
        if witnesses.show(holder, in: folder(of: open)) { return true }
        return try await traces(of: open, jobID: holder).report != nil
    }

    /// The job that was followed came second and did nothing: the attempt is the other job's.
    func hand(_ open: OpenAttempt, to holder: Int64, insteadOf jobID: Int64, at now: Date) async throws -> Bool {
        logger.warning(
            "an attempt is held by another job of the same submission",
            metadata: ["attempt": "\(open.attempt.id)", "job": "\(jobID)", "holder": "\(holder)"])
        return try await apply(AttemptStateMachine(open).handedOver(to: holder, at: now))
    }

    /// Calls scancel, once for all, for the jobs that the queue shows in the folders of attempts to be cancelled: for
    /// no other job, whatever number is on record.
    private func cancel(_ open: [OpenAttempt], _ queue: Sightings, memory: inout MonitorMemory, at now: Date) async {
        var jobs: [Int64] = []
        for open in open where open.cancelRequested {
            let last = memory.cancelled[open.attempt.id] ?? .distantPast
            guard now.timeIntervalSince(last) >= Self.cancelAgain else { continue }
            let alive = queue.jobs(in: folder(of: open)).filter { !$0.phase.isEnded }
            guard !alive.isEmpty else { continue }
            memory.cancelled[open.attempt.id] = now
            jobs += alive.map(\.jobID)
        }
        guard !jobs.isEmpty, lease.isHeld else { return }
        do {
            try await scheduler.cancel(jobs: jobs)
            faults.pass(.jobsCancelled)
        } catch {
            clusters.update(cluster.name) { $0.problem = error.message }
        }
    }
}
