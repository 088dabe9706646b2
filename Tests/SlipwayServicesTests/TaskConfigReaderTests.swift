import Foundation
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("Reading a config file")
struct TaskConfigReaderTests {
    struct Names: FileCatalog {
        let suffix: String
        let all: [String]
        func contains(_ name: String) -> Bool { all.contains(name) }
        func names() -> [String] { all }
    }

    static func partition(_ name: String, gres: String? = nil) -> PartitionConfiguration {
        PartitionConfiguration(
            name: name, partition: name, gres: gres, nvidia: gres != nil, exclusive: false, maximumMinutes: 1440,
            maximumMemoryMegabytes: 4096, maximumCPUs: 8, maximumGPUs: gres == nil ? 0 : 2, maximumNodes: 1)
    }

    static func cluster(_ name: String) -> ClusterConfiguration {
        ClusterConfiguration(
            name: name, slurmConf: nil, path: "/usr/bin", user: nil, imagesFolder: "/i", datasetsFolder: "/d",
            accounts: ["twinscie", "cms"], defaultAccount: "twinscie",
            partitions: ["cpu": partition("cpu"), "gpu": partition("gpu", gres: "gpu:1")], excludedNodes: [],
            pollInterval: 1, accountingLag: 1, lostAfter: 60, commandTimeout: 1, submitConcurrency: 1, template: nil,
            proxyScript: nil, readOnlyBinds: [])
    }

    static func reader(scripts: [String] = ["script.py"], refused: [String] = []) -> TaskConfigReader {
        TaskConfigReader(
            clusters: ["atena02": cluster("atena02")],
            images: { _ in Names(suffix: ".sif", all: ["sklearn_sample_latest"]) },
            datasets: { _ in Names(suffix: ".csv", all: ["wine_classification"]) },
            refusedAccounts: refused, scripts: scripts,
            webhooks: WebhookConfiguration(
                hosts: [HostPattern("hooks.example.org"), HostPattern("127.0.0.1:9000")].compactMap(\.self),
                allowsPlainHTTP: false, secretFile: "/webhook.key"))
    }

    /// The new form, with `change` applied to the whole and `infra` to the cluster's part.
    static func config(
        infra: [String: Any] = [:], without: [String] = [], _ change: [String: Any] = [:]
    ) -> String {
        var infraConfig: [String: Any] = [
            "instance_type": "cpu", "image_name": "sklearn_sample_latest", "account": "twinscie",
        ]
        infraConfig.merge(infra) { _, new in new }
        var config: [String: Any] = [
            "dataset_name": "wine_classification", "model_params": ["n_estimators": 2, "random_state": 42],
            "runner_location": "atena02", "model_tracking": true, "tracking_uri": "experiments",
            "experiment_name": "atena_test", "script_path": "path/to/script.py", "execution_mode": "no-mlflow",
            "clusters": ["atena02": ["infra_config": infraConfig], "elsewhere": 5],
            "backend_execution": [
                "mlflow": ["execution_config": ["tracking_uri": "http://server:5000/"]],
                "no-mlflow": ["execution_config": [String: String]()],
            ],
        ]
        config.merge(change) { _, new in new }
        for key in without { config[key] = nil }
        let data = (try? JSONSerialization.data(withJSONObject: config)) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    static func faults(_ text: String, reader: TaskConfigReader = reader()) -> [FieldFault] {
        do {
            _ = try reader.read(text)
            return []
        } catch let error as SlipwayError {
            return error.faults.isEmpty ? [FieldFault(path: "", message: error.message)] : error.faults
        } catch {
            return [FieldFault(path: "?", message: "\(error)")]
        }
    }

    @Test("The new form is understood whole")
    func newForm() throws {
        let specification = try Self.reader().read(Self.config())
        #expect(specification.cluster == "atena02")
        #expect(specification.partition == "cpu")
        #expect(specification.image == "sklearn_sample_latest")
        #expect(specification.account == "twinscie")
        #expect(specification.dataset == "wine_classification")
        #expect(specification.modelName == "atena_test")
        #expect(specification.entrypoint == "script.py")
        #expect(specification.scriptPath == "path/to/script.py")
        #expect(specification.payload == .script(trackingURI: "experiments"))
        #expect(specification.resources == TaskSpecification.Resources())
    }

    @Test("The older form has neither execution_mode nor backend_execution")
    func olderForm() throws {
        let text = Self.config(without: ["execution_mode", "backend_execution", "model_tracking", "tracking_uri"])
        #expect(try Self.reader().read(text).payload == .script(trackingURI: nil))
    }

    @Test("Names are understood with and without their suffix")
    func suffixes() throws {
        let text = Self.config(
            infra: ["image_name": "sklearn_sample_latest.sif"], ["dataset_name": "wine_classification.csv"])
        let specification = try Self.reader().read(text)
        #expect(specification.image == "sklearn_sample_latest")
        #expect(specification.dataset == "wine_classification")
    }

    @Test("mlflow mode takes its tracking URI from the backend")
    func mlflow() throws {
        let specification = try Self.reader().read(Self.config(["execution_mode": "mlflow"]))
        #expect(specification.payload == .mlflow(trackingURI: "http://server:5000/"))
    }

    @Test("model_params reach the script as they were written")
    func parametersVerbatim() throws {
        let text =
            Self.config().dropLast()
            + #", "model_params": {"rate": 1.0, "n": 12345678901234567890, "s": "$(id) 🍷 \u0000"}}"#
        let specification = try Self.reader().read(String(text))
        #expect(specification.modelParameters == #"{"rate": 1.0, "n": 12345678901234567890, "s": "$(id) 🍷 \u0000"}"#)
    }

    @Test("Resources are understood in people's units")
    func resources() throws {
        let text = Self.config(infra: [
            "instance_type": "gpu", "time": "2h", "memory": "3gb", "cpus": "4", "gpus": 2, "nodes": 1,
        ])
        let resources = try Self.reader().read(text).resources
        #expect(
            resources
                == TaskSpecification.Resources(timeLimitMinutes: 120, memoryMegabytes: 3072, cpus: 4, gpus: 2, nodes: 1)
        )
    }

    @Test("A missing account is the cluster's default")
    func defaultAccount() throws {
        let text = Self.config([
            "clusters": ["atena02": ["infra_config": ["instance_type": "cpu", "image_name": "sklearn_sample_latest"]]]
        ])
        #expect(try Self.reader().read(text).account == "twinscie")
    }

    @Test(
        "Any printable text may be the experiment's name",
        arguments: ["it's", #"a "b" `c` $(d) \ e"#, "🍷 wine", "-x", "%j"])
    func printableExperiment(name: String) throws {
        #expect(try Self.reader().read(Self.config(["experiment_name": name, "model_name": "m"])).experiment == name)
    }

    @Test(
        "A fault names its path and what would be right",
        arguments: [
            (config(["runner_location": "mars"]), "$.runner_location", "known: atena02"),
            (
                config(infra: ["instance_type": "tpu"]), "$.clusters.atena02.infra_config.instance_type",
                "known: cpu, gpu"
            ),
            (
                config(infra: ["image_name": "nope"]), "$.clusters.atena02.infra_config.image_name",
                "known: sklearn_sample_latest"
            ),
            (config(["dataset_name": "nope"]), "$.dataset_name", "known: wine_classification"),
            (config(infra: ["account": "nasa"]), "$.clusters.atena02.infra_config.account", "known: cms, twinscie"),
            (config(["script_path": "other.py"]), "$.script_path", "script.py"),
            (config(["experiment_name": "a\nb"]), "$.experiment_name", "control character"),
            (config(["experiment_name": ""]), "$.experiment_name", "must not be empty"),
            (config(["model_params": [1]]), "$.model_params", "must be an object"),
            (config(["model_tracking": "yes"]), "$.model_tracking", "true or false"),
            (config(["execution_mode": "spark"]), "$.execution_mode", "no-mlflow"),
            (config(["model_name": "../x"]), "$.model_name", "1 to 128 letters"),
            (config(["experiment_name": "🍷"]), "$.model_name", "must be given"),
            (config(infra: ["time": "soon"]), "$.clusters.atena02.infra_config.time", "must be a time"),
            (config(infra: ["time": "2d"]), "$.clusters.atena02.infra_config.time", "1440 minutes"),
            (config(infra: ["memory": "1T"]), "$.clusters.atena02.infra_config.memory", "4096 megabytes"),
            (config(infra: ["cpus": 9]), "$.clusters.atena02.infra_config.cpus", "8"),
            (config(infra: ["cpus": 1.5]), "$.clusters.atena02.infra_config.cpus", "whole number"),
            (config(infra: ["gpus": 1]), "$.clusters.atena02.infra_config.gpus", "no GPUs"),
            (config(infra: ["nodes": 2]), "$.clusters.atena02.infra_config.nodes", "more than the 1"),
            (config(["clusters": ["mars": 1]]), "$.clusters.atena02", "is missing"),
            (config(without: ["dataset_name"]), "$.dataset_name", "is missing"),
            (config(["retries": 101]), "$.retries", "whole number from 0 to 100"),
            (config(["retries": -1]), "$.retries", "whole number from 0 to 100"),
            (config(["retries": 1.5]), "$.retries", "whole number from 0 to 100"),
            (config(["retries": true]), "$.retries", "whole number from 0 to 100"),
            (config(["resume": "yes"]), "$.resume", "must be true or false, but is “yes”"),
            (config(["signal_before": 9]), "$.signal_before", "whole number from 10 to 65535"),
            (config(infra: ["time": "2m"], ["signal_before": 120]), "$.signal_before", "which is 120 seconds"),
            (config(infra: ["memory": "1G"], ["memory_factor": 1]), "$.memory_factor", "number from 1.1 to 16.0"),
            (config(infra: ["memory": "1G"], ["memory_factor": "more"]), "$.memory_factor", "from 1.1 to 16.0"),
            (config(["memory_factor": 2]), "$.memory_factor", "write it at $.clusters.atena02.infra_config.memory"),
            (config(["retry_on": "exit_code"]), "$.retry_on", "must be a list of texts, but is “exit_code”"),
            (config(["retry_on": ["exit_code", "timeout"]]), "$.retry_on[1]", "known is “exit_code”"),
            (config(["retry_on": [5]]), "$.retry_on[0]", "node failure and preemption are always tried again"),
            (config(["webhook_url": "https://evil.org/"]), "$.webhook_url", "allowed: 127.0.0.1:9000, hooks.example"),
            (config(["webhook_url": "http://hooks.example.org/"]), "$.webhook_url", "must begin with https://"),
            (config(["webhook_url": "https://hooks.example.org/\n"]), "$.webhook_url", "control character"),
            (config(["webhook_url": 5]), "$.webhook_url", "must be a text"),
            (
                config(["webhook_url": "https://hooks.example.org/" + String(repeating: "x", count: 2000)]),
                "$.webhook_url", "at most 2000"
            ),
        ])
    func faults(text: String, path: String, words: String) {
        let fault = Self.faults(text).first { $0.path == path }
        #expect(fault != nil, "\(Self.faults(text))")
        #expect(fault?.message.contains(words) == true, "\(String(describing: fault))")
    }

    @Test("A config that says nothing of retries has no policy of its own, also where it says so with null")
    func noRetry() throws {
        #expect(try Self.reader().read(Self.config()).retry == nil)
        let nothing = Self.config([
            "retries": NSNull(), "resume": NSNull(), "signal_before": NSNull(), "memory_factor": NSNull(),
            "retry_on": NSNull(), "webhook_url": NSNull(),
        ])
        let specification = try Self.reader().read(nothing)
        #expect(specification.retry == nil)
        #expect(specification.webhookURL == nil)
        #expect(TaskConfigReader.unknownKeys(nothing, cluster: "atena02").isEmpty)
    }

    @Test("What a config says of retries is understood whole, and what it leaves out is as it always is")
    func retry() throws {
        let all = Self.config(
            infra: ["time": "10m", "memory": "1G"],
            ["retries": 5, "resume": true, "signal_before": 599, "memory_factor": 1.5, "retry_on": ["exit_code"]])
        #expect(
            try Self.reader().read(all).retry
                == RetryPolicy(
                    retries: 5, resumes: true, signalSecondsBefore: 599, memoryFactor: 1.5, retriesExitCode: true))
        #expect(
            try Self.reader().read(Self.config(["retries": 0, "retry_on": [String]()])).retry
                == RetryPolicy(retries: 0))
        var standard = RetryPolicy.standard
        standard.resumes = true
        #expect(try Self.reader().read(Self.config(["resume": true])).retry == standard)
    }

    @Test("A webhook to an allowed host is kept as it was written")
    func webhook() throws {
        let url = "https://Hooks.example.org/slipway?key=a%20b"
        #expect(try Self.reader().read(Self.config(["webhook_url": url])).webhookURL == url)
    }

    @Test("Keys that mean nothing are named, wherever they stand")
    func unknownKeys() {
        let text = Self.config(infra: ["memry": "3gb"], ["tiem": "2h"])
        #expect(
            TaskConfigReader.unknownKeys(text, cluster: "atena02")
                == ["$.clusters.atena02.infra_config.memry", "$.tiem"])
        #expect(TaskConfigReader.unknownKeys(Self.config(), cluster: "atena02").isEmpty)
    }

    @Test("Memory in which nothing starts is refused: the unit was forgotten")
    func forgottenUnit() {
        let fault = Self.faults(Self.config(infra: ["memory": 3])).first
        #expect(fault?.path == "$.clusters.atena02.infra_config.memory")
        #expect(fault?.message.contains("Write the unit") == true)
    }

    @Test("All faults come at once")
    func allAtOnce() {
        let text = Self.config(
            infra: ["image_name": "nope", "account": "nasa"], ["dataset_name": 3, "script_path": "x.py"])
        #expect(Self.faults(text).count == 4)
    }

    @Test("An account that is refused to the user is refused, as the default too")
    func refusedAccount() {
        let reader = Self.reader(refused: ["twinscie"])
        #expect(Self.faults(Self.config(), reader: reader).first?.message.contains("refused to you") == true)
        let silent = Self.config([
            "clusters": ["atena02": ["infra_config": ["instance_type": "cpu", "image_name": "sklearn_sample_latest"]]]
        ])
        #expect(Self.faults(silent, reader: reader).first?.message.contains("yours: cms") == true)
    }

    @Test("What is not a JSON object is refused", arguments: ["", "[]", "5", "{", #"{"a": 1}}"#, "nonsense"])
    func notAnObject(text: String) {
        #expect(Self.faults(text).first?.message.hasPrefix("The config file") == true)
    }
}
