package import Inference

/// What an operator says in `slipway.yml` and the environment.
package struct Configuration: Sendable {
    /// Folder on the shared file system that holds datasets, images, tasks and models.
    package var dataRoot: String
    package var listen: ListenAddress
    /// Where single dialects are spoken at a port of their own.
    package var dialectPorts: [DialectPort] = []
    /// Folder of the package `netron`, whose viewer draws models' graphs; nil: none is drawn.
    package var netron: String?
    /// Address under which clients reach the server, where a proxy stands before it.
    package var publicURL: String?
    package var tls: TLSFiles?
    /// The operator said in so many words that tokens may cross a network in the clear.
    package var allowPlainHTTPBeyondLoopback: Bool
    /// Nil: a private PostgreSQL under the data root.
    package var databaseURL: String?
    /// Folder of `initdb` and `postgres` for the private PostgreSQL; nil looks in the usual places.
    package var postgresBinaries: String?
    package var databaseConnections: Int
    package var limits: Limits
    /// Seconds that a login holds.
    package var loginTokenLifetime: Int
    /// Path of libonnxruntime; nil looks in the usual places.
    package var onnxRuntime: String?
    /// Path of libtensorflow_cc or libtensorflow; nil looks in the usual places.
    package var tensorFlow: String?
    /// How much memory models may take together.
    package var modelMemory: MemoryBudget
    package var webhooks: WebhookConfiguration
    /// Seconds after which uploads and versions that never came to an end, and folders of tasks without a row, are taken
    /// for what a crash left.
    package var leftoverAge: Double
    /// Where scripts are run that came with their requirements.
    package var training = ServerJobConfiguration()
    /// Where files are scored.
    package var bulk = ServerJobConfiguration()
    /// Where uploaded folders are trained from.
    package var workflow = ServerJobConfiguration(image: ServerJobConfiguration.workflowImage)
    /// By name, which is the config's `runner_location`.
    package var clusters: [String: ClusterConfiguration]

    package struct ListenAddress: Sendable, Hashable {
        package var host: String
        package var port: Int

        /// Only processes of this machine can reach the address.
        package var isLoopback: Bool {
            host == "localhost" || host == "::1" || host.hasPrefix("127.")
        }
    }

    /// Paths of PEM files.
    package struct TLSFiles: Sendable, Hashable {
        package var certificate: String
        package var key: String
    }

    package struct Limits: Sendable, Hashable {
        /// Bytes of one upload, all parts together.
        package var maximumRequestBytes: Int64 = 64 << 30
        package var maximumPartBytes: Int64 = 32 << 30
        package var maximumParts = 100
        package var maximumConfigBytes = 1 << 20
        /// Bytes of a JSON body, tensors included.
        package var maximumJSONBytes = 64 << 20
    }

    /// Seconds from a task's id to its row, or there will be none: long before its folder counts as left over.
    var storingSeconds: Double { leftoverAge / 3 }

    package var folders: DataFolders { DataFolders(root: dataRoot) }
}

/// One Slurm cluster.
package struct ClusterConfiguration: Sendable {
    package var name: String
    /// `SLURM_CONF` for the commands; nil leaves Slurm's own default.
    package var slurmConf: String?
    /// `PATH` for Slurm's commands and, through sbatch, for the job.
    package var path: String
    /// The user that squeue and sacct are asked about; nil is the server's own.
    package var user: String?
    package var imagesFolder: String
    package var datasetsFolder: String
    /// Accounts that may be named; empty leaves the judgement to Slurm.
    package var accounts: [String]
    package var defaultAccount: String?
    package var partitions: [String: PartitionConfiguration]
    package var excludedNodes: [String]
    /// Seconds between two looks at the queue while something happens; the least that the cluster wants.
    package var pollInterval: Double
    /// Seconds within which accounting knows of a submitted job.
    package var accountingLag: Double
    /// Seconds of answers that do not know a job before it counts as lost.
    package var lostAfter: Double
    /// Seconds that one Slurm command may take.
    package var commandTimeout: Double
    /// sbatch calls at a time.
    package var submitConcurrency: Int
    /// Text of the batch script's template; nil is the built-in one.
    package var template: String?
    /// A file that the job sources where it exists.
    package var proxyScript: String?
    /// Further folders that the container sees, read-only.
    package var readOnlyBinds: [String]
    /// How long what tasks left is kept.
    package var retention = RetentionPolicy()
    /// Slurm may start a job again by itself; otherwise a further try is Slipway's own decision.
    package var requeue = false
    /// Path of a `pip.conf`, on the cluster, for jobs that install requirements.
    package var pipConfig: String?
    /// By what jobs read remote files; nil: without credentials.
    package var grid: GridConfiguration?
}

/// One `instance_type` of a cluster.
package struct PartitionConfiguration: Sendable {
    package var name: String
    /// Slurm's name.
    package var partition: String
    /// Generic resource for one device, such as `gpu:1` or `gpu:a100:1`.
    package var gres: String?
    /// The container gets NVIDIA's driver.
    package var nvidia: Bool
    package var exclusive: Bool
    package var maximumMinutes: Int?
    package var maximumMemoryMegabytes: Int?
    package var maximumCPUs: Int?
    package var maximumGPUs: Int
    package var maximumNodes: Int
}
