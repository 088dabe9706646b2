import Foundation
import SlipwayAPI
import SlipwayCore
import SlipwayServer

/// A task with the fields of the native API and those that ml-task-manager's clients know.
struct TaskManagerTask: Encodable, Sendable {
    var native: TaskAnswer
    var scriptPath: String
    var projectPath: String?

    static let sample = TaskManagerTask(native: Samples.task, scriptPath: "path/to/train.py", projectPath: nil)

    init(native: TaskAnswer, scriptPath: String, projectPath: String?) {
        self.native = native
        // What the old API has not is asked of the native one.
        self.native.retry = nil
        self.native.webhookURL = nil
        self.native.webhook = nil
        self.scriptPath = scriptPath
        self.projectPath = projectPath
    }

    init(_ task: MLTask, dataAsOf: Date) {
        self.init(
            native: TaskAnswer(task, dataAsOf: dataAsOf), scriptPath: task.specification.scriptPath,
            projectPath: task.specification.projectPath)
    }

    enum CodingKeys: String, CodingKey {
        case instanceType = "instance_type"
        case imageName = "image_name"
        case account
        case runnerLocation = "runner_location"
        case scriptPath = "script_path"
        case datasetName = "dataset_name"
        case experimentName = "experiment_name"
        case jobID = "job_id"
        case projectPath = "project_path"
    }

    /// The old fields are always there, null where nothing is known yet.
    func encode(to encoder: any Encoder) throws {
        try native.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(native.partition, forKey: .instanceType)
        try container.encode(native.image, forKey: .imageName)
        try container.encode(native.account, forKey: .account)
        try container.encode(native.cluster, forKey: .runnerLocation)
        try container.encode(scriptPath, forKey: .scriptPath)
        try container.encode(native.dataset, forKey: .datasetName)
        try container.encode(native.experiment, forKey: .experimentName)
        try container.encode(native.jobID, forKey: .jobID)
        try container.encode(projectPath, forKey: .projectPath)
    }
}
