import SlipwayAPI
import SlipwayCore
import SlipwayServices

extension WaitingAnswer {
    /// Nil for an attempt whose job does not wait.
    init?(_ attempt: Attempt?) {
        guard let attempt, attempt.isWaiting else { return nil }
        self.init(
            reason: attempt.pendingReason, explanation: attempt.waitingExplanation, position: attempt.queuePosition,
            expectedStart: attempt.expectedStart)
    }
}

extension AttemptPlanAnswer {
    /// Nil for an attempt that is exactly what the config asks for.
    init?(_ plan: AttemptPlan) {
        guard plan != .unchanged else { return nil }
        self.init(
            memoryMegabytes: plan.memoryMegabytes,
            excludedNodes: plan.excludedNodes.isEmpty ? nil : plan.excludedNodes, resumesFrom: plan.resumesFrom)
    }
}
