extension SlurmCommand {
    /// Submits a batch script; `SubmitReply` reads the answer.
    ///
    /// The job's name goes as an argument: sbatch blanks the words `hetjob` and `packjob` in `#SBATCH` lines. Any text
    /// without control characters arrives as it is. `workingDirectory` names the attempt in squeue and sacct.
    package static func submit(script: String, workingDirectory: String, jobName: String) -> SlurmCommand {
        SlurmCommand(
            "sbatch",
            ["--parsable", "--export=ALL", "--job-name=\(jobName)", "--chdir=\(workingDirectory)", "--", script])
    }

    /// Asks for the end of jobs; those that ended already are no error (`--quiet`).
    ///
    /// Slurm sends SIGTERM to the job's processes, and SIGKILL after `KillWait` seconds.
    package static func cancel(_ jobs: [JobID]) -> SlurmCommand {
        SlurmCommand("scancel", ["--quiet", "--"] + jobs.map(\.description))
    }

    /// Asks for the end of one job.
    package static func cancel(_ job: JobID) -> SlurmCommand { cancel([job]) }

    /// Shows one job as the controller knows it; `SlurmOutput.controller` reads it.
    ///
    /// Slurm 22.05 takes a single id a call, and ends with 1 where it does not know it (`isUnknownJob`).
    package static func controller(job: JobID) -> SlurmCommand {
        SlurmCommand("scontrol", ["--all", "show", "job", job.description], environment: epochTimes)
    }

    /// Whether scontrol's words say that the controller has no such job (any more).
    package static func isUnknownJob(_ words: String) -> Bool { words.contains("Invalid job id specified") }

    /// Asks whether the controllers answer: exit code 0 where one does.
    package static func ping() -> SlurmCommand { SlurmCommand("scontrol", ["ping"]) }
}
