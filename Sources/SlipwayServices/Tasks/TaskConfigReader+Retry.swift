import SlipwayCore

/// What a config says of further attempts.
extension TaskConfigReader {
    private static let retryKeys = ["retries", "resume", "signal_before", "memory_factor", "retry_on"]

    /// Nil where the config has none of the keys.
    func retry(_ config: [String: JSONTree], _ fields: inout ConfigFields) -> RetryPolicy? {
        guard Self.retryKeys.contains(where: { config[$0] != nil }) else { return nil }
        var policy = RetryPolicy.standard
        if let retries = fields.whole(config["retries"], "$.retries", in: RetryPolicy.retryRange) {
            policy.retries = retries
        }
        if let resumes = fields.flag(config["resume"], "$.resume") { policy.resumes = resumes }
        policy.signalSecondsBefore = fields.whole(
            config["signal_before"], "$.signal_before", in: RetryPolicy.signalRange,
            unit: ": the seconds before the time limit at which the script gets SIGUSR1")
        policy.memoryFactor = fields.number(
            config["memory_factor"], "$.memory_factor", in: RetryPolicy.memoryFactorRange)
        policy.retriesExitCode = retriesExitCode(config["retry_on"], &fields)
        return policy
    }

    /// What a policy asks of the rest of the config.
    func check(
        _ policy: RetryPolicy?, _ config: [String: JSONTree], _ infra: (members: [String: JSONTree], path: String),
        _ resources: TaskSpecification.Resources, _ fields: inout ConfigFields
    ) {
        if let seconds = policy?.signalSecondsBefore, let limit = resources.timeLimitMinutes.map({ $0 * 60 }),
            seconds >= limit
        {
            fields.fault(
                "$.signal_before", config["signal_before"],
                "must be less than the task's time limit, which is \(limit) seconds")
        }
        if policy?.memoryFactor != nil, infra.members["memory"] == nil {
            fields.fault(
                "$.memory_factor", config["memory_factor"],
                "multiplies the task's memory, which is not given: write it at \(infra.path).memory, or leave this out")
        }
    }

    private func retriesExitCode(_ value: JSONTree?, _ fields: inout ConfigFields) -> Bool {
        let known = """
            known is “exit_code”; node failure and preemption are always tried again, a timeout where resume is true
            """
        switch value {
        case nil, .null?:
            return false
        case .array(let elements)?:
            for (index, element) in elements.enumerated() {
                if case .string("exit_code") = element { continue }
                fields.fault("$.retry_on[\(index)]", element, "is not an ending that can be named here: \(known)")
            }
            return !elements.isEmpty
        case let other?:
            fields.fault("$.retry_on", other, "must be a list of texts, but is \(other.kind); \(known)")
            return false
        }
    }
}
