extension SlurmCommand {
    /// The fields of the accounting commands, in their order; the name is last. All are known to Slurm 22.05.
    static let accountingFields = [
        "JobID", "State", "Account", "Partition", "ExitCode", "Submit", "Start", "End", "NodeList", "Reason", "MaxRSS",
        "ReqMem", "ElapsedRaw", "WorkDir", "JobName",
    ]

    /// Shows jobs by id, however old they are (with `--jobs` the time window begins at 1970); `SlurmOutput.accounting`
    /// reads it.
    ///
    /// Of a recycled or requeued id only the latest job is shown: compare its submit time. Jobs that accounting does
    /// not know are absent. At most 5,000 ids a call: Linux limits one argument to 128 KiB.
    package static func accounting(jobs: [JobID]) -> SlurmCommand {
        accounting(["--jobs=" + jobs.map(\.description).joined(separator: ",")])
    }

    /// Shows the jobs of a user that waited, ran or ended since a time (seconds since 1970); `SlurmOutput.accounting`
    /// reads it.
    ///
    /// Held jobs and those with a begin time are not shown while they wait: squeue has them. A submission that Slurm
    /// refused can be shown, FAILED and without nodes.
    package static func accounting(user: String, since: Int64) -> SlurmCommand {
        accounting(["--user=\(user)", "--starttime=\(date(since))"])
    }

    /// Whether sacct's words say that the cluster keeps no accounting (`AccountingStorageType` none). A database that
    /// does not answer says something else.
    package static func isWithoutAccounting(_ words: String) -> Bool {
        words.contains("Slurm accounting storage is disabled")
    }

    /// Steps are shown (no `--allocations`): MaxRSS is theirs.
    private static func accounting(_ selection: [String]) -> SlurmCommand {
        SlurmCommand(
            "sacct",
            selection + [
                "--noheader", "--parsable2", "--noconvert", "--delimiter=\(SlurmOutput.separator)",
                "--format=" + accountingFields.joined(separator: ","),
            ],
            environment: epochTimes)
    }

    /// The date and time in UTC, as sacct(1) reads them: `2026-11-21T06:53:44`.
    static func date(_ time: Int64) -> String {
        // Days since 1 March of year 0 in the Gregorian calendar; leap days then end a year.
        let days = Int((max(0, time) / 86400)) + 719_468
        let era = days / 146_097
        let day = days % 146_097
        let year = (day - day / 1460 + day / 36524 - day / 146_096) / 365
        let dayOfYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        let second = Int(max(0, time) % 86400)
        let calendarMonth = month < 10 ? month + 3 : month - 9
        let calendarYear = era * 400 + year + (calendarMonth <= 2 ? 1 : 0)
        return "\(calendarYear)-\(padded(calendarMonth))-\(padded(dayOfYear - (153 * month + 2) / 5 + 1))"
            + "T\(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60))"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
