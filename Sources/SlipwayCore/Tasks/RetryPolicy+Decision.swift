/// What a decision about another attempt needs to know beside the attempt itself.
package struct RetryCircumstances: Sendable, Hashable {
    package var specification: TaskSpecification
    /// How many further attempts may still follow by themselves.
    package var retriesLeft: Int
    /// Those of the attempt's nodes that are to blame.
    package var failedNodes: [String]
    /// Nodes that the task's partition has at all; nil where nobody said.
    package var partitionNodes: Set<String>?
    /// The most that the partition gives to one job; nil where there is no limit.
    package var maximumMemoryMegabytes: Int?

    package init(
        specification: TaskSpecification, retriesLeft: Int, failedNodes: [String] = [],
        partitionNodes: Set<String>? = nil, maximumMemoryMegabytes: Int? = nil
    ) {
        self.specification = specification
        self.retriesLeft = retriesLeft
        self.failedNodes = failedNodes
        self.partitionNodes = partitionNodes
        self.maximumMemoryMegabytes = maximumMemoryMegabytes
    }
}

/// Whether another attempt follows a failed one.
package enum RetryDecision: Sendable, Hashable {
    case another(AttemptPlan)
    /// Nil: the policy does not try this failure again at all.
    case none(because: String?)
}

extension RetryPolicy {
    /// Decides whether another attempt follows one that failed for a reason, and how it differs.
    package func decide(
        after reason: FailureReason, of attempt: Attempt, _ circumstances: RetryCircumstances
    ) -> RetryDecision {
        guard isTriedAgain(reason) else { return .none(because: nil) }
        var plan = attempt.plan
        if reason == .outOfMemory {
            guard let more = moreMemory(than: attempt, circumstances) else {
                return .none(because: "More memory cannot be asked for: the partition's limit is reached.")
            }
            plan.memoryMegabytes = more
        }
        guard circumstances.retriesLeft > 0 else {
            return .none(because: retries == 0 ? nil : "No retry is left of \(retries).")
        }
        if reason == .nodeFailure {
            plan.excludedNodes = exclusions(attempt.plan.excludedNodes, circumstances)
        }
        plan.resumesFrom = resumes ? attempt.id.number : nil
        return .another(plan)
    }

    private func isTriedAgain(_ reason: FailureReason) -> Bool {
        switch reason {
        case .nodeFailure, .preempted: true
        case .timeout: resumes
        case .outOfMemory: memoryFactor != nil
        case .exitCode: retriesExitCode
        case .image, .output, .rejected: false
        }
    }

    private func moreMemory(than attempt: Attempt, _ circumstances: RetryCircumstances) -> Int? {
        let asked = attempt.plan.memoryMegabytes ?? circumstances.specification.resources.memoryMegabytes
        guard let factor = memoryFactor, let asked else { return nil }
        let more = min(
            Int((Double(asked) * factor).rounded(.up)), circumstances.maximumMemoryMegabytes ?? Int.max)
        return more > asked ? more : nil
    }

    /// Failed nodes are left out as long as the partition has others: without any the job could never start.
    private func exclusions(_ earlier: [String], _ circumstances: RetryCircumstances) -> [String] {
        guard let all = circumstances.partitionNodes else { return earlier }
        let excluded = earlier + circumstances.failedNodes.filter { !earlier.contains($0) }
        return all.subtracting(excluded).count < (circumstances.specification.resources.nodes ?? 1) ? earlier : excluded
    }
}
