/// How a job ended.
package enum JobEnding: String, Hashable, Sendable, CaseIterable {
    /// Its script exited with 0.
    case completed
    /// Its script exited with another code, or by a signal.
    case failed
    case cancelled
    case timeout
    case outOfMemory
    case nodeFailure
    /// Its node did not boot.
    case bootFailure
    /// It could not end by the deadline that it asked for.
    case deadline
    case preempted
    /// slurmctld refused it at its submission; there never was a job to run.
    case refused
    /// Another cluster of the federation took it.
    case revoked
}
