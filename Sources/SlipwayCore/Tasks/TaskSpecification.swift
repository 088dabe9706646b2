/// What a user asked for, validated: the config file's meaning, whichever form it was written in.
package struct TaskSpecification: Sendable, Hashable, Codable {
    /// The key into the configured clusters (`runner_location`).
    package var cluster: String
    /// The key into the cluster's partitions (`instance_type`: `cpu`, `gpu`).
    package var partition: String
    /// Name of the image without `.sif`.
    package var image: String
    /// Slurm account; nil leaves the choice to Slurm.
    package var account: String?
    /// Name of the dataset without `.csv`.
    package var dataset: String
    package var experiment: String
    /// The repository's name for what comes out.
    package var modelName: String
    /// File name of the script within the task's `files` folder.
    package var entrypoint: String
    /// `script_path` as it was written.
    package var scriptPath: String
    package var projectPath: String?
    package var payload: Payload
    package var resources: Resources
    /// `model_params` as JSON text.
    package var modelParameters: String
    /// Nil where the config says nothing of it.
    package var retry: RetryPolicy?
    /// Where the task's end is told (`webhook_url`).
    package var webhookURL: String?
    /// Where the server wrote the job's script: what for. Nil for a user's own config.
    package var serverJob: ServerJob?

    /// How the entrypoint is run.
    package enum Payload: Sendable, Hashable, Codable {
        /// `python3 ENTRYPOINT`; with a tracking URI the script finds MLflow's variables set.
        case script(trackingURI: String?)
        /// `mlflow run` on the uploaded project.
        case mlflow(trackingURI: String?)
    }

    /// What is asked of Slurm beyond the partition; nil leaves Slurm's default.
    package struct Resources: Sendable, Hashable, Codable {
        package var timeLimitMinutes: Int?
        package var memoryMegabytes: Int?
        package var cpus: Int?
        package var gpus: Int?
        package var nodes: Int?

        package init(
            timeLimitMinutes: Int? = nil, memoryMegabytes: Int? = nil, cpus: Int? = nil, gpus: Int? = nil,
            nodes: Int? = nil
        ) {
            self.timeLimitMinutes = timeLimitMinutes
            self.memoryMegabytes = memoryMegabytes
            self.cpus = cpus
            self.gpus = gpus
            self.nodes = nodes
        }
    }

    package init(
        cluster: String, partition: String, image: String, account: String?, dataset: String, experiment: String,
        modelName: String, entrypoint: String, scriptPath: String, projectPath: String?, payload: Payload,
        resources: Resources, modelParameters: String, retry: RetryPolicy? = nil, webhookURL: String? = nil
    ) {
        self.cluster = cluster
        self.partition = partition
        self.image = image
        self.account = account
        self.dataset = dataset
        self.experiment = experiment
        self.modelName = modelName
        self.entrypoint = entrypoint
        self.scriptPath = scriptPath
        self.projectPath = projectPath
        self.payload = payload
        self.resources = resources
        self.modelParameters = modelParameters
        self.retry = retry
        self.webhookURL = webhookURL
    }

    package var retryPolicy: RetryPolicy { retry ?? .standard }
}
