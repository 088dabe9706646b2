/// When a failed attempt is followed by another one by itself.
package struct RetryAnswer: Codable, Sendable {
    /// How many further attempts may follow.
    package var retries: Int
    /// The script can go on from its earlier output.
    package var resume: Bool
    /// Seconds before the time limit at which the script gets SIGUSR1; absent where it gets none.
    package var signalBefore: Int?
    /// By how much the memory grows after an attempt that ran out of it; absent where that is not tried again.
    package var memoryFactor: Double?
    /// Further endings that are tried again: `exit_code`.
    package var retryOn: [String]

    enum CodingKeys: String, CodingKey {
        case retries, resume
        case signalBefore = "signal_before"
        case memoryFactor = "memory_factor"
        case retryOn = "retry_on"
    }

    package init(retries: Int, resume: Bool, signalBefore: Int?, memoryFactor: Double?, retryOn: [String]) {
        self.retries = retries
        self.resume = resume
        self.signalBefore = signalBefore
        self.memoryFactor = memoryFactor
        self.retryOn = retryOn
    }
}
