import Foundation
import SlipwayCore
import Testing

@Suite("What a witness's word means for an attempt")
struct AttemptStateMachineTests {
    static let now = Date(timeIntervalSince1970: 1_800_000_000)

    static func open(_ state: TaskState, cancelRequested: Bool = false) -> OpenAttempt {
        let task = TaskIDGenerator(now: { now }).next()
        return OpenAttempt(
            attempt: Attempt(
                id: Attempt.ID(task: task, number: 1), cluster: "c", state: state,
                jobID: state == .submitting ? nil : 7, createdAt: now),
            cancelRequested: cancelRequested, submissionEndsBy: now, isReleased: false)
    }

    static func sighting(_ phase: JobSighting.Phase, raw: String = "WORD", detail: String? = nil) -> JobSighting {
        JobSighting(
            jobID: 7, witness: .squeue, phase: phase, raw: raw, detail: detail, workingDirectory: "/t",
            endedAt: now.addingTimeInterval(5))
    }

    static func report(exitCode: Int, reason: FailureReason? = nil, lastWords: String? = nil)
        -> AttemptStateMachine.ExitReport
    {
        AttemptStateMachine.ExitReport(
            exitCode: exitCode, signal: nil, reason: reason, startedAt: now, finishedAt: now, node: "n1",
            peakMemoryBytes: 300 << 20, lastWords: lastWords)
    }

    @Test(
        "Each word moves an attempt forward as far as it tells",
        arguments: [
            (TaskState.submitting, JobSighting.Phase.waiting, TaskState.pending),
            (.submitting, .running, .running),
            (.pending, .running, .running),
            (.pending, .ended(.completed), .collecting),
            (.running, .ended(.completed), .collecting),
            (.submitting, .ended(.completed), .collecting),
            (.running, .ended(.cancelled), .cancelled),
            (.running, .ended(.failed(.timeout)), .failed),
        ])
    func forward(from: TaskState, phase: JobSighting.Phase, to: TaskState) {
        let transition = AttemptStateMachine(Self.open(from)).sighted(Self.sighting(phase), report: nil, at: Self.now)
        #expect(transition?.from == from)
        #expect(transition?.to == to)
        #expect(transition?.witness == .squeue)
        #expect(transition?.raw == "WORD")
    }

    @Test(
        "A state never goes back, and an unknown word changes nothing",
        arguments: [
            (TaskState.running, JobSighting.Phase.running), (.pending, .waiting),
            (.running, .unknown), (.submitting, .unknown), (.pending, .unknown),
        ])
    func neverBack(state: TaskState, phase: JobSighting.Phase) {
        #expect(AttemptStateMachine(Self.open(state)).sighted(Self.sighting(phase), report: nil, at: Self.now) == nil)
    }

    @Test("Only failed attempts carry a reason, and failed attempts always do")
    func reasons() {
        for state in [TaskState.submitting, .pending, .running] {
            for cancelRequested in [false, true] {
                for reason in FailureReason.allCases {
                    let machine = AttemptStateMachine(Self.open(state, cancelRequested: cancelRequested))
                    let transitions = [
                        machine.sighted(Self.sighting(.ended(.failed(reason))), report: nil, at: Self.now),
                        machine.sighted(Self.sighting(.ended(.completed)), report: nil, at: Self.now),
                        machine.exitFileRead(Self.report(exitCode: 1)), machine.exitFileRead(Self.report(exitCode: 0)),
                        machine.rejected("no", at: Self.now), machine.vanished(misses: 5, over: 60, at: Self.now),
                    ]
                    for transition in transitions {
                        #expect((transition?.reason != nil) == (transition?.to == .failed))
                    }
                }
            }
        }
    }

    @Test("A job that ends well after its cancellation was asked for is cancelled, not published")
    func cancelWins() {
        let machine = AttemptStateMachine(Self.open(.running, cancelRequested: true))
        #expect(machine.sighted(Self.sighting(.ended(.completed)), report: nil, at: Self.now)?.to == .cancelled)
        #expect(machine.sighted(Self.sighting(.ended(.failed(.exitCode))), report: nil, at: Self.now)?.to == .cancelled)
    }

    @Test("The exit file tells why a job failed where Slurm only says that it did")
    func exitFileExplains() {
        let machine = AttemptStateMachine(Self.open(.running))
        let image = machine.sighted(
            Self.sighting(.ended(.failed(.exitCode))), report: Self.report(exitCode: 255, reason: .image), at: Self.now)
        #expect(image?.reason == .image)
        let script = machine.sighted(
            Self.sighting(.ended(.failed(.exitCode))),
            report: Self.report(exitCode: 3, lastWords: "ValueError: no rows"),
            at: Self.now)
        #expect(script?.reason == .exitCode)
        #expect(script?.message == "The script ended with exit code 3: ValueError: no rows")
        #expect(script?.facts.exitCode == 3)
        let memory = machine.sighted(
            Self.sighting(.ended(.failed(.outOfMemory))), report: Self.report(exitCode: 137), at: Self.now)
        #expect(memory?.reason == .outOfMemory)
        #expect(
            memory?.message
                == "The job ran out of memory: it asked for none, so the partition's default held, and had 300 MB.")
    }

    @Test("A start in whole seconds does not come before the submission")
    func wholeSeconds() {
        var open = Self.open(.pending)
        open.attempt.submittedAt = Self.now.addingTimeInterval(0.6)
        var sighting = Self.sighting(.running)
        sighting.startedAt = Self.now
        let transition = AttemptStateMachine(open).sighted(sighting, report: nil, at: Self.now.addingTimeInterval(1))
        #expect(transition?.factAt == open.attempt.submittedAt)
        #expect(transition?.facts.startedAt == open.attempt.submittedAt)
    }

    @Test("A job that somebody ended in Slurm is cancelled, in Slurm's words")
    func cancelledInSlurm() {
        let transition = AttemptStateMachine(Self.open(.running)).sighted(
            Self.sighting(.ended(.cancelled), raw: "CANCELLED by 1000"), report: nil, at: Self.now)
        #expect(transition?.to == .cancelled)
        #expect(transition?.message == "Cancelled in Slurm: CANCELLED by 1000.")
    }

    @Test("A twin that took the attempt is followed from then on, without a step back")
    func handedOver() {
        let running = AttemptStateMachine(Self.open(.running)).handedOver(to: 8, at: Self.now)
        #expect(running.to == .running)
        #expect(running.facts.jobID == 8)
        #expect(running.message == "Job 8 has taken the attempt; job 7 does nothing.")
        #expect(AttemptStateMachine(Self.open(.submitting)).handedOver(to: 8, at: Self.now).to == .pending)
        #expect(AttemptStateMachine(Self.open(.lost)).handedOver(to: 8, at: Self.now).to == .pending)
    }

    @Test("A vanished job is lost, with what was asked and answered")
    func vanished() {
        let transition = AttemptStateMachine(Self.open(.running)).vanished(misses: 6, over: 75, at: Self.now)
        #expect(transition.to == .lost)
        #expect(transition.message?.contains("6 times over 75 seconds") == true)
        #expect(transition.message?.contains("job 7") == true)
        let contradicted = AttemptStateMachine(Self.open(.running)).vanished(
            misses: 6, over: 75, accountingWord: "RUNNING", at: Self.now)
        #expect(
            contradicted.message
                == "squeue answered 6 times over 75 seconds and did not know job 7, which sacct says is RUNNING, and it left no exit file."
        )
    }

    @Test("What accounting calls a refused submission was none where the job left an exit file")
    func notRefused() {
        let machine = AttemptStateMachine(Self.open(.running))
        let refused = machine.sighted(Self.sighting(.ended(.failed(.rejected))), report: nil, at: Self.now)
        #expect(refused?.reason == .rejected)
        let ran = machine.sighted(
            Self.sighting(.ended(.failed(.rejected))), report: Self.report(exitCode: 2), at: Self.now)
        #expect(ran?.reason == .exitCode)
    }
}
