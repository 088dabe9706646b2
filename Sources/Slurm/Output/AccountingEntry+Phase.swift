extension AccountingEntry {
    /// What the record means for the job's life.
    ///
    /// `JobAcctGatherParams=OverMemoryKill` leaves FAILED with signal 9 where a cgroup leaves OUT_OF_MEMORY: such a job
    /// that used more than it had asked for ran out of memory.
    package var phase: JobState.Phase {
        if state == .failed, exitSignal == 9, let peak = peakMemoryBytes, let limit = requestedMemoryBytes,
            peak >= limit
        {
            return .ended(.outOfMemory)
        }
        // The node could not even open the log: the script never ran.
        if state == .failed, exitSignal == 53, reason == "JobLaunchFailure" { return .ended(.nodeFailure) }
        // What slurmctld refused at submission is kept, too: it had no node and no time.
        if state == .failed, nodes.isEmpty, elapsedSeconds == 0 { return .ended(.refused) }
        return state.phase
    }
}
