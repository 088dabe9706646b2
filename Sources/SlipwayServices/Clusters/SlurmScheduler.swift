import Foundation
import SlipwayCore
import Slurm

/// A Slurm cluster, through its commands.
struct SlurmScheduler: BatchScheduler {
    let runner: CommandRunner
    let calls: CallCounter
    private let user: String

    init(cluster: ClusterConfiguration, calls: CallCounter) {
        self.runner = CommandRunner(cluster: cluster)
        self.calls = calls
        self.user = cluster.user ?? NSUserName()
    }

    func submit(_ request: SubmitRequest) async -> SubmitOutcome {
        let command = SlurmCommand.submit(
            script: request.scriptPath, workingDirectory: request.workingDirectory, jobName: request.jobName)
        do {
            let result = try await run(command)
            switch SubmitReply(
                exitCode: result.exitCode, standardOutput: result.standardOutput, standardError: result.standardError)
            {
            case .submitted(let id, _): return .submitted(jobID: Int64(id.number))
            case .rejected(let words): return .rejected(words)
            case .limited(let words, let mayBeLasting): return .limited(words, mayBeLasting: mayBeLasting)
            case .uncertain(let words): return .uncertain(words)
            }
        } catch {
            return .uncertain(error.message)
        }
    }

    func queue() async throws(SlipwayError) -> [JobSighting] {
        let text = try await output(of: .queue(user: user))
        return try parse { () throws(SlurmError) in try SlurmOutput.queue(text) }.map(JobSighting.init(queue:))
    }

    func accounting(jobs: [Int64]) async throws(SlipwayError) -> [JobSighting] {
        let ids = jobs.compactMap { UInt32(exactly: $0) }.map { JobID(number: $0) }
        guard !ids.isEmpty else { return [] }
        return try await accounting(.accounting(jobs: ids))
    }

    func accounting(since: Date) async throws(SlipwayError) -> [JobSighting] {
        try await accounting(.accounting(user: user, since: Int64(since.timeIntervalSince1970)))
    }

    private func accounting(_ command: SlurmCommand) async throws(SlipwayError) -> [JobSighting] {
        let result = try await run(command)
        if result.exitCode != 0, SlurmCommand.isWithoutAccounting(result.standardError) {
            throw SlipwayError(.unsupported, "Cluster “\(runner.cluster.name)” keeps no accounting.")
        }
        let text = try runner.output(of: command, from: result)
        return try parse { () throws(SlurmError) in try SlurmOutput.accounting(text) }.map(
            JobSighting.init(accounting:))
    }

    /// scontrol takes one id a call: each job costs one.
    func controller(jobs: [Int64]) async throws(SlipwayError) -> [JobSighting] {
        var sightings: [JobSighting] = []
        for id in jobs.compactMap({ UInt32(exactly: $0) }) {
            let command = SlurmCommand.controller(job: JobID(number: id))
            let result = try await run(command)
            if result.exitCode != 0, SlurmCommand.isUnknownJob(result.standardError) { continue }
            let text = try runner.output(of: command, from: result)
            sightings += try parse { () throws(SlurmError) in try SlurmOutput.controller(text) }.map(
                JobSighting.init(controller:))
        }
        return sightings
    }

    func cancel(jobs: [Int64]) async throws(SlipwayError) {
        let ids = jobs.compactMap { UInt32(exactly: $0) }.map { JobID(number: $0) }
        guard !ids.isEmpty else { return }
        _ = try await output(of: .cancel(ids))
    }

    func resources() async throws(SlipwayError) -> (
        partitions: [ClusterStatus.PartitionStatus], nodes: [ClusterStatus.NodeStatus]
    ) {
        let partitions = try await output(of: .partitions())
        let nodes = try await output(of: .nodes())
        return (
            try parse { () throws(SlurmError) in try SlurmOutput.partitions(partitions) }.map(
                ClusterStatus.PartitionStatus.init),
            try parse { () throws(SlurmError) in try SlurmOutput.nodes(nodes) }.map(ClusterStatus.NodeStatus.init)
        )
    }

    private func run(_ command: SlurmCommand) async throws(SlipwayError) -> CommandResult {
        calls.count(command.executable)
        return try await runner.run(command)
    }

    private func output(of command: SlurmCommand) async throws(SlipwayError) -> String {
        calls.count(command.executable)
        return try await runner.output(of: command)
    }

    private func parse<Value>(_ body: () throws(SlurmError) -> Value) throws(SlipwayError) -> Value {
        do {
            return try body()
        } catch {
            throw SlipwayError(
                .unavailable, "Slurm of cluster “\(runner.cluster.name)” answered what is not understood: \(error)")
        }
    }
}

extension JobSighting {
    fileprivate init(queue entry: QueueEntry) {
        let phase = Phase(entry.state.phase)
        let hasStarted = phase != .waiting
        self.init(
            jobID: Int64(entry.jobID.number), witness: .squeue, phase: phase, raw: entry.rawState,
            detail: entry.reason == "None" || entry.reason.isEmpty ? nil : entry.reason,
            workingDirectory: entry.workingDirectory,
            submittedAt: Date(epoch: entry.submitTime),
            startedAt: hasStarted ? Date(epoch: entry.startTime) : nil,
            endedAt: phase.isEnded ? Date(epoch: entry.endTime) : nil,
            node: entry.nodes.isEmpty ? nil : entry.nodes,
            partition: entry.partition,
            priority: hasStarted ? nil : entry.priority,
            expectedStart: hasStarted ? nil : Date(epoch: entry.startTime))
    }

    /// What the controller says of a single job has the weight of its queue.
    fileprivate init(controller entry: ControllerEntry) {
        let phase = Phase(entry.state.phase)
        let hasStarted = phase != .waiting
        self.init(
            jobID: Int64(entry.jobID.number), witness: .squeue, phase: phase, raw: entry.rawState,
            detail: entry.reason, workingDirectory: entry.workingDirectory,
            submittedAt: Date(epoch: entry.submitTime),
            startedAt: hasStarted ? Date(epoch: entry.startTime) : nil,
            endedAt: phase.isEnded ? Date(epoch: entry.endTime) : nil,
            exitCode: phase.isEnded ? entry.exitCode : nil,
            signal: phase.isEnded && entry.exitSignal != 0 ? entry.exitSignal : nil,
            node: entry.nodes.isEmpty ? nil : entry.nodes,
            partition: entry.partition,
            priority: hasStarted ? nil : entry.priority,
            expectedStart: hasStarted ? nil : Date(epoch: entry.startTime))
    }

    fileprivate init(accounting entry: AccountingEntry) {
        let phase = Phase(entry.phase)
        self.init(
            jobID: Int64(entry.jobID.number), witness: .sacct, phase: phase, raw: entry.rawState,
            detail: entry.reason, workingDirectory: entry.workingDirectory,
            submittedAt: Date(epoch: entry.submitTime),
            startedAt: phase == .waiting ? nil : Date(epoch: entry.startTime),
            endedAt: phase.isEnded ? Date(epoch: entry.endTime) : nil,
            exitCode: phase.isEnded ? entry.exitCode : nil,
            signal: phase.isEnded && entry.exitSignal != 0 ? entry.exitSignal : nil,
            node: entry.nodes.isEmpty || entry.nodes == "None assigned" ? nil : entry.nodes,
            peakMemoryBytes: entry.peakMemoryBytes,
            partition: entry.partition)
    }
}

extension JobSighting.Phase {
    fileprivate init(_ phase: JobState.Phase) {
        self =
            switch phase {
            case .waiting: .waiting
            case .running: .running
            case .ended(let ending): .ended(JobSighting.Ending(ending))
            case .unknown: .unknown
            }
    }

    var isEnded: Bool {
        if case .ended = self { true } else { false }
    }
}

extension JobSighting.Ending {
    fileprivate init(_ ending: JobEnding) {
        self =
            switch ending {
            case .completed: .completed
            case .cancelled, .revoked: .cancelled
            case .failed: .failed(.exitCode)
            case .timeout, .deadline: .failed(.timeout)
            case .outOfMemory: .failed(.outOfMemory)
            case .nodeFailure, .bootFailure: .failed(.nodeFailure)
            case .refused: .failed(.rejected)
            case .preempted: .failed(.preempted)
            }
    }
}

extension Date {
    fileprivate init?(epoch: Int64?) {
        guard let epoch else { return nil }
        self.init(timeIntervalSince1970: Double(epoch))
    }
}

extension ClusterStatus.PartitionStatus {
    fileprivate init(_ status: Slurm.PartitionStatus) {
        self.init(
            name: status.name, available: status.availability, nodes: status.nodes.total,
            cpusAllocated: status.cpus.allocated, cpusIdle: status.cpus.idle, cpusTotal: status.cpus.total,
            gres: status.gres, timeLimit: status.timeLimitSeconds.map { "\($0 / 60) min" })
    }
}

extension ClusterStatus.NodeStatus {
    fileprivate init(_ status: Slurm.NodeStatus) {
        self.init(
            name: status.name, partitions: status.partitions, state: status.rawState,
            cpusAllocated: status.cpus.allocated, cpusTotal: status.cpus.total,
            memoryMegabytes: status.memoryMegabytes.map { Int($0) }, gres: status.gres)
    }
}
