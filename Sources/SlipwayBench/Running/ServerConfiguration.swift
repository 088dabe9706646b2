/// The `slipway.yml` of a server under measurement.
struct ServerConfiguration: Sendable {
    let workplace: Workplace
    let folder: String
    /// Comes before Slurm's own folder in the cluster's `PATH`: stand-ins lie there.
    var pathBefore: String?
    /// Nil: the server keeps a private PostgreSQL.
    var databaseURL: String?
    /// Name of the user that asks; two servers on one database have two.
    var user = "bench"
    /// Nil: under `folder`.
    var sharedDataRoot: String?
    var pollInterval = 1.0
    var submitConcurrency = 4
    /// Seconds for a command of Slurm.
    var commandTimeout = 30

    var dataRoot: String { sharedDataRoot ?? folder + "/data" }
    var file: String { folder + "/slipway.yml" }

    /// Port 0: the system chooses, and the server says which.
    ///
    /// The partition's limit is far above that of the development cluster (`MaxTime` of a day), so that a job may ask
    /// for more than it ever gets: see `Sample.waitingForever`.
    var text: String {
        """
        data_root: \(dataRoot)
        \(databaseURL.map { "database_url: \($0)" } ?? "")
        listen: 127.0.0.1:0
        postgres_bin: \(workplace.postgresBinaries)
        clusters:
          \(workplace.cluster):
            connection: local
            slurm_conf: \(workplace.slurmConf)
            path: \(pathBefore.map { $0 + ":" } ?? "")\(workplace.slurmPath)
            images: \(workplace.images)
            datasets: \(workplace.datasets)
            accounts: [twinscie]
            default_account: twinscie
            poll_interval: \(pollInterval)
            submit_concurrency: \(submitConcurrency)
            command_timeout: \(commandTimeout)
            partitions:
              cpu: {partition: cpu, max_time: 60d, max_memory: 4G, max_cpus: 8}

        """
    }
}
