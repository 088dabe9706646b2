import Foundation
import SlipwayAPI

/// A task's config file in the making.
struct TaskConfig: Sendable {
    var cluster = "atena02"
    var experiment = "trial"
    var modelName: String?
    var partition = "cpu"
    var image = "sklearn_sample_latest"
    var account = "twinscie"
    var dataset = "wine_classification"
    var entrypoint = "train.py"
    var params: [String: JSONValue] = [:]
    /// Resources, as `time`, `memory`, `cpus`, `gpus`.
    var resources: [String: JSONValue] = [:]
    /// Further members at the top.
    var further: [String: JSONValue] = [:]

    func data() throws -> Data {
        var infrastructure: [String: JSONValue] = [
            "instance_type": .string(partition), "image_name": .string(image), "account": .string(account),
        ]
        infrastructure.merge(resources) { _, new in new }
        var members: [String: JSONValue] = [
            "dataset_name": .string(dataset), "model_params": .object(params), "runner_location": .string(cluster),
            "experiment_name": .string(experiment), "script_path": .string("path/to/\(entrypoint)"),
            "execution_mode": .string("no-mlflow"), "model_tracking": .bool(false),
            "clusters": .object([cluster: .object(["infra_config": .object(infrastructure)])]),
        ]
        if let modelName { members["model_name"] = .string(modelName) }
        members.merge(further) { _, new in new }
        return try JSONEncoder().encode(JSONValue.object(members))
    }
}
