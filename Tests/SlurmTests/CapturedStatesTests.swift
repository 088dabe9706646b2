import Testing

@testable import Slurm

@Suite("Every state that Slurm has")
struct CapturedStatesTests {
    @Test(
        "squeue and sacct are read as what the job does",
        arguments: [
            ("pending-held", ["82 waiting"], []),
            ("pending-begin", ["83 waiting"], []),
            ("pending-dependency", ["84 waiting"], []),
            ("pending-hold-scontrol", ["92 waiting"], ["92 waiting"]),
            ("pending-partition-time", ["85 waiting"], []),
            ("pending-qos-cpu", ["87 waiting"], []),
            ("pending-qos-wall", ["88 waiting"], []),
            ("pending-priority", ["91 waiting"], []),
            ("pending-resources", ["117 waiting"], ["117 waiting"]),
            ("running", ["89 running"], []),
            ("suspended", ["89 running"], []),
            ("array-running", ["124_2 waiting", "124_3 waiting", "124_0 running", "124_1 running"], []),
            ("het-running", ["125+0 running", "125+1 running"], []),
            ("node-fail-1-silent", ["177 running", "178 running"], ["177 running", "178 running"]),
            ("completing", ["129 running"], []),
            ("completing-after", ["129 cancelled"], ["129 cancelled"]),
            ("cancelled-pending", ["83 cancelled"], ["83 cancelled"]),
            ("cancelled-running", ["89 cancelled"], ["89 cancelled"]),
            ("completed", ["118 completed"], ["118 completed"]),
            ("failed-exit", ["119 failed"], ["119 failed"]),
            ("failed-signal", ["120 failed"], ["120 failed"]),
            ("failed-exit-137", ["122 failed"], ["122 failed"]),
            ("memory-limit", ["123 failed"], ["123 outOfMemory"]),
            ("timeout", ["113 timeout"], ["113 timeout"]),
            ("timeout-stubborn", ["114 timeout"], ["114 timeout"]),
            ("timeout-signal", ["115 failed"], ["115 failed"]),
            ("deadline", [], ["193 cancelled"]),
            ("deadline-set", ["223 deadline"], ["223 deadline"]),
            (
                "array-ended", ["124_0 completed", "124_2 failed", "124_3 failed", "124_1 failed"],
                ["124_0 completed", "124_1 failed", "124_2 failed", "124_3 failed"]
            ),
            ("het-ended", ["125+0 completed", "125+1 completed"], ["125+0 completed", "125+1 completed"]),
            ("preempted-just-after", ["135 preempted"], []),
            ("preempted-cancel", ["135 preempted"], ["135 preempted"]),
            ("preempted-requeue-just-after", ["137 waiting"], ["137 preempted"]),
            ("node-fail-2-just-after", ["177 nodeFailure", "178 waiting"], ["177 nodeFailure", "178 nodeFailure"]),
            ("node-fail-requeued-pending", ["178 waiting"], ["178 waiting"]),
            ("node-fail-no-requeue", ["177 nodeFailure"], ["177 nodeFailure"]),
            ("node-fail-restarted", ["180 nodeFailure"], ["180 nodeFailure"]),
            ("requeue-1-before", ["131 running"], ["131 running"]),
            ("requeue-2-just-after", ["131 waiting"], ["131 waiting"]),
            ("requeue-4-running-again", ["131 running"], ["131 running"]),
            ("requeue-5-completed", ["131 completed"], ["131 completed"]),
            ("requeue-hold", ["132 waiting"], ["132 waiting"]),
            ("requeue-hold-cancelled", ["132 cancelled"], ["132 cancelled"]),
            ("special-exit", ["133 waiting"], ["133 waiting"]),
            ("configuring", ["301 waiting"], []),
            ("expediting", ["302 waiting"], []),
            ("launch-failed", ["303 waiting"], []),
            ("power-up-node", ["304 waiting"], []),
            ("reconfig-fail", ["305 waiting"], []),
            ("requeued", ["306 waiting"], []),
            ("requeue-fed", ["307 waiting"], []),
            ("requeue-hold-word", ["308 waiting"], []),
            ("resv-del-hold", ["309 waiting"], []),
            ("resizing", ["310 running"], []),
            ("signaling", ["311 running"], []),
            ("stage-out", ["312 running"], []),
            ("stopped", ["313 running"], []),
            ("update-db", ["314 unknown"], []),
            ("out-of-memory", ["315 outOfMemory"], ["315 outOfMemory"]),
            ("boot-fail", ["316 bootFailure"], ["316 bootFailure"]),
            ("revoked", ["317 revoked"], ["317 revoked"]),
            ("timeout-written", ["318 timeout"], ["318 timeout"]),
            ("recycled", ["12 running"], ["12 completed"]),
        ])
    func meaning(name: String, queue: [String], accounting: [String]) throws {
        let jobs = try SlurmOutput.queue(Self.output(name + ".squeue"))
        #expect(jobs.map { "\($0.jobID) \(Self.words($0.state.phase))" } == queue)
        let records = try SlurmOutput.accounting(Self.output(name + ".sacct"))
        #expect(records.map { "\($0.jobID) \(Self.words($0.phase))" } == accounting)
    }

    private static func output(_ section: String) throws -> String {
        try #require(Captured.output(section), "\(section)")
    }

    private static func words(_ phase: JobState.Phase) -> String {
        switch phase {
        case .waiting: "waiting"
        case .running: "running"
        case .ended(let ending): ending.rawValue
        case .unknown: "unknown"
        }
    }

    @Test("No word is left out")
    func complete() {
        let lines = (Captured.recorded + Captured.written).split(separator: "\n")
        let seen = Set(lines.compactMap { $0.split(separator: "¦").dropFirst().first.map { JobState(String($0)) } })
        for (word, state) in JobState.words {
            let isSeen = seen.contains { $0 == state || $0.phase == .ended(.cancelled) && state == .cancelled(by: nil) }
            #expect(isSeen, "\(word)")
        }
    }

    @Test("What accounting has of a job whose start it has not stored yet is no record of it")
    func placeholders() throws {
        for name in ["running", "suspended", "completing", "preempted-just-after", "het-running"] {
            #expect(Captured.output(name + ".sacct")?.contains("allocation") == true)
            #expect(try SlurmOutput.accounting(Self.output(name + ".sacct")).isEmpty, "\(name)")
        }
    }

    @Test("A requeue keeps the id and sets the submit time anew; an id that comes again is of another folder")
    func requeued() throws {
        let runs = try SlurmOutput.accounting(Self.output("requeue-5-completed.duplicates"))
        #expect(runs.map(\.state) == [.requeued, .completed] && Set(runs.map(\.jobID)).count == 1)
        #expect(runs.map(\.submitTime) == [1_795_266_173, 1_795_266_177])
        #expect(Set(runs.map(\.workingDirectory)).count == 1)
        let old = try #require(try SlurmOutput.accounting(Self.output("recycled.sacct")).first)
        let new = try #require(try SlurmOutput.queue(Self.output("recycled.squeue")).first)
        #expect(old.jobID == new.jobID && old.submitTime != new.submitTime)
        #expect(old.workingDirectory != new.workingDirectory)
    }

    @Test("Components of a heterogeneous job and elements of an array keep their own ends and memory")
    func parts() throws {
        let components = try SlurmOutput.accounting(Self.output("het-ended.sacct"))
        #expect(components.map(\.jobID.component) == [0, 1])
        #expect(components.map(\.peakMemoryBytes) == [4_800_512, nil])
        let elements = try SlurmOutput.accounting(Self.output("array-ended.sacct"))
        #expect(elements.map(\.exitCode) == [0, 1, 2, 3] && elements.map(\.jobID.arrayTask) == [0, 1, 2, 3])
    }

    @Test("Of a job that was cancelled who did it is kept, of one over its time the exit code is Slurm's own")
    func details() throws {
        let cancelled = try SlurmOutput.accounting(Self.output("cancelled-running.sacct"))
        #expect(cancelled.first?.state == .cancelled(by: 1001))
        let timeout = try SlurmOutput.accounting(Self.output("timeout.sacct"))
        #expect(timeout.first?.exitCode == 0 && timeout.first?.exitSignal == 0)
        let oom = try SlurmOutput.accounting(Self.output("out-of-memory.sacct"))
        #expect(oom.first?.exitSignal == 125 && oom.first?.peakMemoryBytes == 67_108_864)
    }

    @Test("Every reason that was recorded has a sentence")
    func reasons() throws {
        for section in Captured.recorded.split(separator: "\n") where section.hasSuffix(".squeue") {
            for job in try SlurmOutput.queue(Self.output(String(section.dropFirst(3))))
            where job.state.phase == .waiting && job.reason != "None" {
                let reason = try #require(PendingReason(job.reason))
                #expect(reason.sentence != job.reason, "\(job.reason)")
            }
        }
    }
}
