import Foundation
import SlipwayCore
import Testing

@Suite("A job that Slurm starts more than once")
struct RestartTests {
    static let now = AttemptStateMachineTests.now

    static func running(pendingReason: String? = nil, restarts: Int = 0, raw: String = "RUNNING") -> OpenAttempt {
        var open = AttemptStateMachineTests.open(.running)
        open.attempt.startedAt = now
        open.attempt.pendingReason = pendingReason
        open.attempt.restarts = restarts
        open.attempt.rawState = raw
        return open
    }

    static func sighting(_ phase: JobSighting.Phase, raw: String, start: TimeInterval? = nil) -> JobSighting {
        JobSighting(
            jobID: 7, witness: .squeue, phase: phase, raw: raw, detail: phase == .waiting ? "BeginTime" : nil,
            workingDirectory: "/t", startedAt: start.map { now.addingTimeInterval($0) })
    }

    @Test("A requeue is on record, and the state does not go back")
    func putBack() {
        let transition = AttemptStateMachine(Self.running()).sighted(
            Self.sighting(.waiting, raw: "PENDING"), report: nil, at: Self.now)
        #expect(transition?.from == .running)
        #expect(transition?.to == .running)
        #expect(transition?.raw == "PENDING")
        #expect(transition?.facts.restarts == 1)
        #expect(transition?.facts.pendingReason == "BeginTime")
        #expect(
            transition?.message == "Slurm put the job back into its queue; it waits to start again (restart 1).")
    }

    @Test("A job that is known to wait again is no news")
    func waits() {
        let machine = AttemptStateMachine(Self.running(pendingReason: "BeginTime", restarts: 1))
        #expect(machine.sighted(Self.sighting(.waiting, raw: "PENDING"), report: nil, at: Self.now) == nil)
    }

    @Test(
        "A new start is on record, whether or not the wait before it was seen",
        arguments: [("BeginTime", 1), (nil, 0)] as [(String?, Int)])
    func startsAgain(pendingReason: String?, restarts: Int) {
        let transition = AttemptStateMachine(Self.running(pendingReason: pendingReason, restarts: restarts)).sighted(
            Self.sighting(.running, raw: "RUNNING", start: 30), report: nil, at: Self.now)
        #expect(transition?.to == .running)
        #expect(transition?.facts.restarts == 1)
        #expect(transition?.facts.startedAt == Self.now.addingTimeInterval(30))
        #expect(transition?.facts.pendingReason == nil)
    }

    @Test("A start that two witnesses tell a second apart is one start")
    func sameStart() {
        let machine = AttemptStateMachine(Self.running())
        #expect(machine.sighted(Self.sighting(.running, raw: "RUNNING", start: 1), report: nil, at: Self.now) == nil)
    }

    @Test("A job on its way back into the queue has not started again, whatever start squeue shows")
    func completing() {
        let machine = AttemptStateMachine(Self.running())
        #expect(
            machine.sighted(Self.sighting(.running, raw: "COMPLETING", start: 90), report: nil, at: Self.now) == nil)
    }

    @Test("A suspension and its end are on record")
    func suspended() {
        let suspended = AttemptStateMachine(Self.running()).sighted(
            Self.sighting(.running, raw: "SUSPENDED", start: 0), report: nil, at: Self.now)
        #expect(suspended?.to == .running)
        #expect(suspended?.message == "The job is suspended.")
        let still = AttemptStateMachine(Self.running(raw: "SUSPENDED")).sighted(
            Self.sighting(.running, raw: "SUSPENDED", start: 0), report: nil, at: Self.now)
        #expect(still == nil)
        let resumed = AttemptStateMachine(Self.running(raw: "SUSPENDED")).sighted(
            Self.sighting(.running, raw: "RUNNING", start: 0), report: nil, at: Self.now)
        #expect(resumed?.message == "The job goes on after it was suspended.")
    }
}
