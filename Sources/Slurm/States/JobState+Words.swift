extension JobState {
    /// Reads a state word, long or compact, in any case.
    ///
    /// sacct appends ` by UID` to CANCELLED, and a `+` where it had to cut the word.
    package init(_ word: String) {
        let upper = word.uppercased()
        if let state = Self.words[upper] {
            self = state
        } else if upper.hasPrefix("CANCELLED BY ") {
            self = .cancelled(by: UInt32(upper.dropFirst("CANCELLED BY ".count)))
        } else if upper == "CANCELLED+" {
            self = .cancelled(by: nil)
        } else {
            self = .unrecognized(word)
        }
    }

    /// Every known word with its state: the long form, then the compact one where there is one.
    package static let words: [String: JobState] = [
        "PENDING": .pending, "PD": .pending,
        "RUNNING": .running, "R": .running,
        "SUSPENDED": .suspended, "S": .suspended,
        "COMPLETED": .completed, "CD": .completed,
        "CANCELLED": .cancelled(by: nil), "CA": .cancelled(by: nil),
        "FAILED": .failed, "F": .failed,
        "TIMEOUT": .timeout, "TO": .timeout,
        "NODE_FAIL": .nodeFail, "NF": .nodeFail,
        "PREEMPTED": .preempted, "PR": .preempted,
        "BOOT_FAIL": .bootFail, "BF": .bootFail,
        "DEADLINE": .deadline, "DL": .deadline,
        "OUT_OF_MEMORY": .outOfMemory, "OOM": .outOfMemory,
        "COMPLETING": .completing, "CG": .completing,
        "CONFIGURING": .configuring, "CF": .configuring,
        "EXPEDITING": .expediting,
        "LAUNCH_FAILED": .launchFailed,
        "POWER_UP_NODE": .powerUpNode,
        "RECONFIG_FAIL": .reconfigFail,
        "REQUEUED": .requeued, "RQ": .requeued,
        "REQUEUE_FED": .requeueFederation, "RF": .requeueFederation,
        "REQUEUE_HOLD": .requeueHold, "RH": .requeueHold,
        "RESV_DEL_HOLD": .reservationDeletedHold, "RD": .reservationDeletedHold,
        "RESIZING": .resizing, "RS": .resizing,
        "REVOKED": .revoked, "RV": .revoked,
        "SIGNALING": .signaling, "SI": .signaling,
        "SPECIAL_EXIT": .specialExit, "SE": .specialExit,
        "STAGE_OUT": .stageOut, "SO": .stageOut,
        "STOPPED": .stopped, "ST": .stopped,
        "UPDATE_DB": .updateDatabase,
    ]
}
