import SlipwayAPI
import SlipwayCore

extension AttemptAnswer {
    init(_ attempt: Attempt) {
        self.init(
            number: attempt.id.number, cluster: attempt.cluster, state: attempt.state.rawValue,
            reason: attempt.reason?.rawValue, message: attempt.message, jobID: attempt.jobID,
            slurmState: attempt.rawState, pendingReason: attempt.pendingReason, createdAt: attempt.createdAt,
            submittedAt: attempt.submittedAt, startedAt: attempt.startedAt, finishedAt: attempt.finishedAt,
            exitCode: attempt.exitCode, signal: attempt.signal, node: attempt.node,
            peakMemoryBytes: attempt.peakMemoryBytes)
        waiting = WaitingAnswer(attempt)
        restarts = attempt.restarts > 0 ? attempt.restarts : nil
        submissions = attempt.submissions
        plan = AttemptPlanAnswer(attempt.plan)
    }
}
