/// Everything that a batch script is filled with.
package struct BatchJob: Sendable {
    /// What runs in the container.
    package enum Payload: Hashable, Sendable {
        /// `python3 ENTRYPOINT --input_path=… --output_path=…`
        case script
        /// `mlflow run` of the files' folder; an `MLproject` file in it names the entry point.
        case mlflow(trackingURI: String?, experiment: String)
    }

    /// The experiment's name. It is sbatch's argument (`SlurmCommand.submit`), not part of the script.
    package var name: String
    package var partition: String
    package var account: String?
    package var taskID: String
    package var attempt: Int
    /// Holds the folders below and the log; the container sees no more of it than those. Absolute, as are all paths.
    package var taskFolder: String
    /// In the task's folder: claim, exit file, packed model. The job's working directory; hidden from the container but
    /// for the output folder.
    package var attemptFolder: String
    /// In the task's folder: the entrypoint and the files beside it. The script's working directory, writable.
    package var filesFolder: String
    /// The entrypoint's file name.
    package var entrypoint: String
    /// In the task's folder: what the script leaves here is packed. Writable in the container.
    package var outputFolder: String
    /// sbatch replaces `%j` in the file's name; `%` in the folders' names stays.
    package var logPath: String
    /// The dataset; read-only in the container.
    package var inputPath: String
    package var imagePath: String
    /// In the task's folder: the JSON file of the model's parameters; read-only in the container.
    package var paramsPath: String
    /// How many nodes are allocated; the payload runs on the first.
    package var nodes: Int
    package var timeLimitMinutes: Int?
    package var memoryMegabytes: Int?
    package var cpus: Int?
    /// Generic resources as sbatch's `--gres` takes them, such as `gpu:1`.
    package var gres: String?
    /// Makes NVIDIA's driver visible in the container (`--nv`).
    package var nvidia: Bool
    package var exclusive: Bool
    /// Names or host lists (`n[1-3]`).
    package var excludedNodes: [String]
    /// Slurm may start the job again by itself, after its node failed or it was preempted (`--requeue`).
    package var allowsRequeue: Bool
    /// Seconds before the time limit at which the script gets SIGUSR1; nil sends none. Slurm may be up to 60 early.
    package var signalSeconds: Int?
    /// The script can go on from what it left: a requeued job keeps its output, and `SLIPWAY_RESUME` is 1 where there is
    /// some.
    package var resumes: Bool
    /// In the task's folder: the output of an earlier attempt, copied into this one's where `resumes`.
    package var earlierOutput: String?
    /// Files and folders that the container sees under their own paths.
    package var readOnlyBinds: [String]
    /// Folders that the container may write to, under their own paths.
    package var writableBinds: [String]
    /// Sourced on the node where it exists.
    package var proxyScript: String?
    /// Variables for the container, any text as value.
    package var environment: [(name: String, value: String)]
    package var payload: Payload

    package init(
        name: String, partition: String, account: String? = nil, taskID: String, attempt: Int, taskFolder: String,
        attemptFolder: String, filesFolder: String, entrypoint: String, outputFolder: String, logPath: String,
        inputPath: String, imagePath: String, paramsPath: String, nodes: Int = 1, timeLimitMinutes: Int? = nil,
        memoryMegabytes: Int? = nil, cpus: Int? = nil, gres: String? = nil, nvidia: Bool = false,
        exclusive: Bool = false, excludedNodes: [String] = [], allowsRequeue: Bool = false,
        signalSeconds: Int? = nil, resumes: Bool = false, earlierOutput: String? = nil, readOnlyBinds: [String] = [],
        writableBinds: [String] = [], proxyScript: String? = nil, environment: [(name: String, value: String)] = [],
        payload: Payload = .script
    ) {
        self.name = name
        self.partition = partition
        self.account = account
        self.taskID = taskID
        self.attempt = attempt
        self.taskFolder = taskFolder
        self.attemptFolder = attemptFolder
        self.filesFolder = filesFolder
        self.entrypoint = entrypoint
        self.outputFolder = outputFolder
        self.logPath = logPath
        self.inputPath = inputPath
        self.imagePath = imagePath
        self.paramsPath = paramsPath
        self.nodes = nodes
        self.timeLimitMinutes = timeLimitMinutes
        self.memoryMegabytes = memoryMegabytes
        self.cpus = cpus
        self.gres = gres
        self.nvidia = nvidia
        self.exclusive = exclusive
        self.excludedNodes = excludedNodes
        self.allowsRequeue = allowsRequeue
        self.signalSeconds = signalSeconds
        self.resumes = resumes
        self.earlierOutput = earlierOutput
        self.readOnlyBinds = readOnlyBinds
        self.writableBinds = writableBinds
        self.proxyScript = proxyScript
        self.environment = environment
        self.payload = payload
    }
}
