import Foundation
import SlipwayAPI

extension BadRequest {
    private static let infra = "$.clusters.atena02.infra_config"

    /// Faults within the config file.
    static let configs: [BadRequest] = [
        .text("JSON that breaks off", ["is not JSON", "end of file"], Data(#"{"dataset_name": "#.utf8)),
        .text(
            "JSON that is wrong in its third line", ["is not JSON", "line 3"], Data("{\n\"a\": 1,\n\"b\": oops}".utf8)),
        .text("Something after the JSON", ["is not JSON"], Data("{}}".utf8)),
        .text("A config that is empty", ["is not JSON"], Data()),
        .text("A config that is not UTF-8", ["is not UTF-8"], Data([0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D])),
        .text("A config that is an array", ["must hold one JSON object", "a list"], Data("[]".utf8)),
        .text(
            "JSON of a depth that nobody writes", ["is not JSON"],
            Data((#"{"a":"# + String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000) + "}").utf8)),
        .config(
            "A config of two megabytes", ["config file has", "at most 1048576"], status: 413,
            TaskConfig(further: ["pad": .string(String(repeating: "x", count: 2 << 20))])),
        .text(
            "An empty object", ["faults", "atena02", "is missing"],
            at: ["$.runner_location", "$.experiment_name", "$.script_path"], Data("{}".utf8)),
        .config(
            "A wrong type in every field",
            [
                "faults", "must be a text, but is the number 3", "must be an object, but is a list",
                "must be true or false",
            ],
            at: [
                "$.dataset_name", "$.experiment_name", "$.script_path", "$.model_params", "$.model_tracking",
                "$.execution_mode", "$.model_name", "$.project_path", "$.tracking_uri", "\(infra).instance_type",
                "\(infra).image_name", "\(infra).account",
            ],
            TaskConfig(
                resources: ["instance_type": .integer(1), "image_name": .bool(true), "account": .array([])],
                further: [
                    "dataset_name": .integer(3), "experiment_name": .object([:]), "script_path": .integer(7),
                    "model_params": .array([.integer(1)]), "model_tracking": .string("yes"),
                    "execution_mode": .integer(5), "model_name": .bool(false), "project_path": .array([]),
                    "tracking_uri": .integer(1),
                ])),
        .config(
            "A cluster that is not there", ["is not a cluster of this server", "atena02"], at: ["$.runner_location"],
            TaskConfig(cluster: "mars")),
        .config(
            "No infra_config for the cluster", ["infra_config must be given"],
            at: ["$.clusters.atena02", "\(infra).instance_type", "\(infra).image_name"],
            TaskConfig(further: ["clusters": .object([:])])),
        .config(
            "A partition that is not there", ["is not a partition", "cpu, gpu"], at: ["\(infra).instance_type"],
            TaskConfig(partition: "tpu")),
        .config(
            "An image that is not there", ["is not an image", "sklearn_sample_latest"], at: ["\(infra).image_name"],
            TaskConfig(image: "nope")),
        .config(
            "A dataset that is not there", ["is not a dataset", "wine_classification"], at: ["$.dataset_name"],
            TaskConfig(dataset: "nope")),
        .config(
            "An account that is not allowed", ["is not an account", "twinscie"], at: ["\(infra).account"],
            TaskConfig(account: "nasa")),
        .config(
            "A script_path that names another file", ["names “other.py”", "train.py", "must be the same"],
            at: ["$.script_path"], TaskConfig(further: ["script_path": .string("path/to/other.py")])),
        .config(
            "An experiment without a letter for the model's name", ["must be given"], at: ["$.model_name"],
            TaskConfig(experiment: "🍷🍷")),
        .config(
            "An experiment of 300 bytes", ["300 bytes long", "at most 255"], at: ["$.experiment_name"],
            TaskConfig(experiment: String(repeating: "x", count: 300))),
        .config(
            "An execution mode that is not there", ["must be “mlflow” or “no-mlflow”"], at: ["$.execution_mode"],
            TaskConfig(further: ["execution_mode": .string("spark")])),
        .config(
            "A control character in the tracking URI of the mlflow mode", ["control character"],
            at: ["$.backend_execution.mlflow.execution_config.tracking_uri"],
            TaskConfig(further: [
                "execution_mode": .string("mlflow"),
                "backend_execution": .object([
                    "mlflow": .object(["execution_config": .object(["tracking_uri": .string("http://a\nb")])])
                ]),
            ])),
        .config(
            "More retries than there may be", ["whole number from 0 to 100"], at: ["$.retries"],
            TaskConfig(further: ["retries": .integer(101)])),
        .config(
            "A resume that is no truth value", ["must be true or false, but is “yes”"], at: ["$.resume"],
            TaskConfig(further: ["resume": .string("yes")])),
        .config(
            "A signal at the task's beginning", ["must be less than", "60 seconds"], at: ["$.signal_before"],
            TaskConfig(resources: ["time": .string("1m")], further: ["signal_before": .integer(60)])),
        .config(
            "A signal that comes too late to act on", ["whole number from 10 to 65535"], at: ["$.signal_before"],
            TaskConfig(further: ["signal_before": .integer(5)])),
        .config(
            "Memory that shrinks", ["number from 1.1 to 16.0"], at: ["$.memory_factor"],
            TaskConfig(resources: ["memory": .string("1G")], further: ["memory_factor": .number(0.5)])),
        .config(
            "A factor without memory to multiply", ["which is not given", "\(infra).memory"], at: ["$.memory_factor"],
            TaskConfig(further: ["memory_factor": .integer(2)])),
        .config(
            "An ending that is always tried again", ["known is “exit_code”", "node failure and preemption"],
            at: ["$.retry_on[1]"],
            TaskConfig(further: ["retry_on": .array([.string("exit_code"), .string("node_failure")])])),
        .config(
            "A wrong type in every field of retries and webhooks",
            ["5 faults", "must be a list of texts", "must be a text"],
            at: ["$.retries", "$.signal_before", "$.memory_factor", "$.retry_on", "$.webhook_url"],
            TaskConfig(further: [
                "retries": .array([]), "signal_before": .bool(true), "memory_factor": .object([:]),
                "retry_on": .string("exit_code"), "webhook_url": .integer(1),
            ])),
        webhook("A webhook to a host that the operator does not allow", "https://evil.org/", "allowed: hooks.example"),
        webhook("A webhook to another port of an allowed host", "https://hooks.example.org:8443/", "does not allow"),
        webhook("A webhook over plain HTTP", "http://hooks.example.org/", "must begin with https://"),
        webhook("A webhook with a password", "https://a:b@hooks.example.org/", "user name or password"),
        webhook("A webhook with a fragment", "https://hooks.example.org/#x", "fragment"),
        webhook("A webhook to a name beyond an allowed one", "https://hooks.example.org.evil.org/", "does not allow"),
        webhook(
            "A webhook of 2,001 bytes", "https://hooks.example.org/" + String(repeating: "x", count: 1975),
            "is 2001 bytes long; at most 2000"),
        .config(
            "All names wrong at once", ["3 faults"], at: ["$.dataset_name", "\(infra).image_name", "\(infra).account"],
            TaskConfig(image: "nope", account: "nasa", dataset: "nope")),
    ]

    /// What a partition does not give.
    static let resources: [BadRequest] = [
        resource("A time beyond the partition's", "time", .string("99-00:00:00"), "more than the 1440 minutes"),
        resource("A time that is none", "time", .string("soon"), "must be a time such as"),
        resource("A time of nothing", "time", .integer(0), "must be a time such as"),
        resource("Memory beyond the partition's", "memory", .string("100T"), "more than the 30720 megabytes"),
        resource("Memory in words", "memory", .string("lots"), "must be a size such as"),
        resource("No CPU", "cpus", .integer(0), "must be a whole number from 1"),
        resource("Half a CPU more", "cpus", .number(1.5), "must be a whole number from 1"),
        resource("CPUs beyond the partition's", "cpus", .integer(9), "more than the 8"),
        resource("Nodes beyond the partition's", "nodes", .integer(5), "more than the 1 "),
        resource("A GPU where there is none", "gpus", .integer(1), "has no GPUs"),
        resource("GPUs beyond the partition's", "gpus", .integer(5), "more than the 2", partition: "gpu"),
        resource("CPUs in words with a substitution", "cpus", .string("$(nproc)"), "must be a whole number"),
        resource(
            "A time with a line of its own", "time", .string("10\n#SBATCH --account=root"), "must be a time such as"),
    ]

    private static func webhook(_ name: String, _ url: String, _ words: String) -> BadRequest {
        .config(name, [words], at: ["$.webhook_url"], TaskConfig(further: ["webhook_url": .string(url)]))
    }

    private static func resource(
        _ name: String, _ field: String, _ value: JSONValue, _ words: String, partition: String = "cpu"
    ) -> BadRequest {
        .config(name, [words], at: ["\(infra).\(field)"], TaskConfig(partition: partition, resources: [field: value]))
    }
}
