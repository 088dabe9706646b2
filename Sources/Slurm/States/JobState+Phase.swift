extension JobState {
    /// What a state means for a job's life.
    package enum Phase: Hashable, Sendable {
        /// It has not started, or will start again.
        case waiting
        /// It has its nodes; its processes may be stopped or on their way out.
        case running
        case ended(JobEnding)
        /// The word does not tell.
        case unknown
    }

    /// What the state means for the job's life.
    ///
    /// LAUNCH_FAILED and RECONFIG_FAIL are flags on the way back to the queue: Slurm requeues such a job, or ends it
    /// with a state of its own. UPDATE_DB says nothing of the job.
    package var phase: Phase {
        switch self {
        case .pending, .configuring, .expediting, .launchFailed, .powerUpNode, .reconfigFail, .requeued,
            .requeueFederation, .requeueHold, .reservationDeletedHold, .specialExit:
            .waiting
        case .running, .suspended, .completing, .resizing, .signaling, .stageOut, .stopped: .running
        case .completed: .ended(.completed)
        case .cancelled: .ended(.cancelled)
        case .failed: .ended(.failed)
        case .timeout: .ended(.timeout)
        case .nodeFail: .ended(.nodeFailure)
        case .preempted: .ended(.preempted)
        case .bootFail: .ended(.bootFailure)
        case .deadline: .ended(.deadline)
        case .outOfMemory: .ended(.outOfMemory)
        case .revoked: .ended(.revoked)
        case .updateDatabase, .unrecognized: .unknown
        }
    }
}
