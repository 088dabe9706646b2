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
        return state.phase
    }
}
