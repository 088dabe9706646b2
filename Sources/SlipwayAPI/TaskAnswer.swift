package import Foundation

/// A task on the wire. Times are RFC 3339 in UTC; absent facts are left out.
package struct TaskAnswer: Codable, Sendable {
    package var id: String
    /// `queued`, `submitting`, `pending`, `running`, `collecting`, `succeeded`, `failed`, `cancelled`, `lost`.
    package var state: String
    /// Why it failed: `exit_code`, `timeout`, `out_of_memory`, …
    package var reason: String?
    /// One sentence for people.
    package var message: String?
    package var owner: String
    package var cluster: String
    package var partition: String
    package var image: String
    package var account: String?
    package var dataset: String
    package var experiment: String
    package var modelName: String
    package var entrypoint: String
    package var executionMode: String
    package var modelParams: JSONValue
    package var resources: ResourcesAnswer
    /// When a failed attempt is followed by another one by itself.
    package var retry: RetryAnswer?
    /// Where the task's end is told, as the config has it.
    package var webhookURL: String?
    /// How far that has come; only in the answer to the question for one task, once there is something to tell.
    package var webhook: WebhookAnswer?
    package var createdAt: Date
    package var updatedAt: Date
    package var finishedAt: Date?
    package var cancelRequestedAt: Date?
    /// Number of the present attempt, counting from 1; absent before the first.
    package var attempt: Int?
    /// Slurm's id of the present attempt's job.
    package var jobID: Int64?
    /// Slurm's own word, as `PENDING` or `CANCELLED by 1000`.
    package var slurmState: String?
    /// Slurm's word for why the job waits.
    package var pendingReason: String?
    /// While its job waits.
    package var waiting: WaitingAnswer?
    /// How often Slurm put the job back into its queue; absent where it never did.
    package var restarts: Int?
    package var startedAt: Date?
    package var node: String?
    package var exitCode: Int?
    package var signal: Int?
    package var peakMemoryBytes: Int64?
    package var model: ModelReferenceAnswer?
    /// When retention removed the task's files but the logs; absent while they are kept.
    package var filesPrunedAt: Date?
    /// When retention removed the logs; absent while they are kept.
    package var logPrunedAt: Date?
    /// When Slipway last heard from the cluster, for a task that is not at its end.
    package var dataAsOf: Date
    /// Addresses of what belongs to the task: `self`, `events`, `log`, `script`, `files`, `cancel`, `retry`,
    /// `model` or `result`.
    package var links: [String: String]

    enum CodingKeys: String, CodingKey {
        case id, state, reason, message, owner, cluster, partition, image, account, dataset, experiment
        case modelName = "model_name"
        case entrypoint
        case executionMode = "execution_mode"
        case modelParams = "model_params"
        case resources, retry
        case webhookURL = "webhook_url"
        case webhook
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case finishedAt = "finished_at"
        case cancelRequestedAt = "cancel_requested_at"
        case attempt
        case jobID = "job_id"
        case slurmState = "slurm_state"
        case pendingReason = "pending_reason"
        case waiting, restarts
        case startedAt = "started_at"
        case node
        case exitCode = "exit_code"
        case signal
        case peakMemoryBytes = "peak_memory_bytes"
        case model
        case filesPrunedAt = "files_pruned_at"
        case logPrunedAt = "log_pruned_at"
        case dataAsOf = "data_as_of"
        case links
    }

    package init(
        id: String, state: String, reason: String?, message: String?, owner: String, cluster: String,
        partition: String, image: String, account: String?, dataset: String, experiment: String, modelName: String,
        entrypoint: String, executionMode: String, modelParams: JSONValue, resources: ResourcesAnswer,
        createdAt: Date, updatedAt: Date, finishedAt: Date?, cancelRequestedAt: Date?, attempt: Int?, jobID: Int64?,
        slurmState: String?, pendingReason: String?, startedAt: Date?, node: String?, exitCode: Int?, signal: Int?,
        peakMemoryBytes: Int64?, model: ModelReferenceAnswer?, dataAsOf: Date, links: [String: String]
    ) {
        self.id = id
        self.state = state
        self.reason = reason
        self.message = message
        self.owner = owner
        self.cluster = cluster
        self.partition = partition
        self.image = image
        self.account = account
        self.dataset = dataset
        self.experiment = experiment
        self.modelName = modelName
        self.entrypoint = entrypoint
        self.executionMode = executionMode
        self.modelParams = modelParams
        self.resources = resources
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.finishedAt = finishedAt
        self.cancelRequestedAt = cancelRequestedAt
        self.attempt = attempt
        self.jobID = jobID
        self.slurmState = slurmState
        self.pendingReason = pendingReason
        self.startedAt = startedAt
        self.node = node
        self.exitCode = exitCode
        self.signal = signal
        self.peakMemoryBytes = peakMemoryBytes
        self.model = model
        self.dataAsOf = dataAsOf
        self.links = links
    }
}

/// What was asked of Slurm; absent where Slurm's default holds.
package struct ResourcesAnswer: Codable, Sendable {
    package var timeLimitMinutes: Int?
    package var memoryMegabytes: Int?
    package var cpus: Int?
    package var gpus: Int?
    package var nodes: Int?

    enum CodingKeys: String, CodingKey {
        case timeLimitMinutes = "time_limit_minutes"
        case memoryMegabytes = "memory_megabytes"
        case cpus, gpus, nodes
    }

    package init(timeLimitMinutes: Int?, memoryMegabytes: Int?, cpus: Int?, gpus: Int?, nodes: Int?) {
        self.timeLimitMinutes = timeLimitMinutes
        self.memoryMegabytes = memoryMegabytes
        self.cpus = cpus
        self.gpus = gpus
        self.nodes = nodes
    }
}

/// The version that a task made.
package struct ModelReferenceAnswer: Codable, Sendable {
    package var name: String
    package var version: Int
    package var sha256: String
    package var bytes: Int64

    package init(name: String, version: Int, sha256: String, bytes: Int64) {
        self.name = name
        self.version = version
        self.sha256 = sha256
        self.bytes = bytes
    }
}

/// A page of tasks, newest first.
package struct TaskListAnswer: Codable, Sendable {
    package var tasks: [TaskAnswer]
    /// Give this as `cursor` for the next page; absent on the last one.
    package var nextCursor: String?

    enum CodingKeys: String, CodingKey {
        case tasks
        case nextCursor = "next_cursor"
    }

    package init(tasks: [TaskAnswer], nextCursor: String?) {
        self.tasks = tasks
        self.nextCursor = nextCursor
    }
}
