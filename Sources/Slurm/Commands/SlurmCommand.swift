/// A call of one of Slurm's programs as an argument list: no shell has a part in it.
///
/// Run it with an environment that holds the names of `inheritedEnvironment` and `environment`, and nothing else:
/// `SBATCH_…`, `SQUEUE_…`, `SACCT_…` and `SINFO_…` variables change what the programs do, sbatch's win over the
/// `#SBATCH` lines of the script, and sbatch hands its whole environment to the job.
package struct SlurmCommand: Hashable, Sendable {
    /// The program's name, looked for on PATH.
    package var executable: String
    package var arguments: [String]
    /// To be set beside the inherited names.
    package var environment: [String: String]

    package init(_ executable: String, _ arguments: [String], environment: [String: String] = [:]) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
    }

    /// The names that a call takes over from its caller's environment, where they are set.
    package static let inheritedEnvironment = [
        "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "PATH", "SLURM_CONF", "TZ", "USER",
    ]

    /// Times are printed as seconds since 1970 (squeue(1), sacct(1), sinfo(1)) and read as UTC.
    static let epochTimes = ["SLURM_TIME_FORMAT": "%s", "TZ": "UTC"]
}
