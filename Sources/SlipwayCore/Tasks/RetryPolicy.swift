/// When a failed attempt is followed by another one without anybody asking.
///
/// What the cluster did to a job is tried again; what the script did is not, unless the config says so.
package struct RetryPolicy: Sendable, Hashable, Codable {
    /// How many further attempts may follow by themselves.
    package var retries: Int
    /// The script can go on from its earlier output (`resume`): it is tried again at its time limit, too.
    package var resumes: Bool
    /// Seconds before the time limit at which the script gets SIGUSR1; nil sends none.
    package var signalSecondsBefore: Int?
    /// After an attempt that ran out of memory the next one asks for so many times as much; nil tries none.
    package var memoryFactor: Double?
    /// The script's own failure (`exit_code`) is tried again.
    package var retriesExitCode: Bool

    /// What holds where a config says nothing.
    package static let standard = RetryPolicy()
    package static let retryRange = 0...100
    /// Slurm takes no more (sbatch(1), `--signal`).
    package static let signalRange = 10...65_535
    package static let memoryFactorRange = 1.1...16.0

    package init(
        retries: Int = 2, resumes: Bool = false, signalSecondsBefore: Int? = nil, memoryFactor: Double? = nil,
        retriesExitCode: Bool = false
    ) {
        self.retries = retries
        self.resumes = resumes
        self.signalSecondsBefore = signalSecondsBefore
        self.memoryFactor = memoryFactor
        self.retriesExitCode = retriesExitCode
    }
}
