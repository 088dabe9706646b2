package import SlipwayAPI
package import SlipwayCore

extension RetryAnswer {
    package init(_ policy: RetryPolicy) {
        self.init(
            retries: policy.retries, resume: policy.resumes, signalBefore: policy.signalSecondsBefore,
            memoryFactor: policy.memoryFactor,
            retryOn: policy.retriesExitCode ? [FailureReason.exitCode.rawValue] : [])
    }
}
