/// A job's state as squeue and sacct name it.
///
/// The words are those of the JOB STATE CODES sections of squeue(1) and sacct(1) from Slurm 22.05 on, and of the state
/// flags that later releases added.
package enum JobState: Hashable, Sendable {
    case pending
    case running
    case suspended
    case completed
    /// `by` is the user id that sacct appends (`CANCELLED by 1000`).
    case cancelled(by: UInt32?)
    case failed
    case timeout
    case nodeFail
    case preempted
    case bootFail
    case deadline
    case outOfMemory

    case completing
    case configuring
    case expediting
    case launchFailed
    case powerUpNode
    case reconfigFail
    case requeued
    case requeueFederation
    case requeueHold
    case reservationDeletedHold
    case resizing
    case revoked
    case signaling
    case specialExit
    case stageOut
    case stopped
    case updateDatabase

    /// A word that none of the manuals has: carried as it came.
    case unrecognized(String)
}
