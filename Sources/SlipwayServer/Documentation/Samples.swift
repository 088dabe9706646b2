package import Foundation
package import SlipwayAPI

/// Examples of the native answers: the documentation shows them, and reads their schemas from them.
package enum Samples {
    package static let time = Date(timeIntervalSince1970: 1_769_860_800)

    package static let task: TaskAnswer = {
        var task = plainTask
        task.retry = RetryAnswer(
            retries: 3, resume: true, signalBefore: 120, memoryFactor: 1.5, retryOn: ["exit_code"])
        task.webhookURL = "https://hooks.example.org/slipway"
        return task
    }()

    /// The answer to the question for one task.
    static let oneTask: TaskAnswer = {
        var one = task
        one.webhook = WebhookAnswer(
            url: "https://hooks.example.org/slipway", deliveredAt: time, tries: 2,
            lastError: "The receiver answered 500.", nextTryAt: time)
        return one
    }()

    private static let plainTask = TaskAnswer(
        id: "0f3k9tq2xb", state: "succeeded", reason: nil, message: "Model wine version 3 was published.",
        owner: "ada", cluster: "atena02", partition: "cpu", image: "sklearn_sample_latest", account: "twinscie",
        dataset: "wine_classification", experiment: "wine", modelName: "wine", entrypoint: "train.py",
        executionMode: "no-mlflow", modelParams: .object(["n_estimators": .integer(100)]),
        resources: ResourcesAnswer(timeLimitMinutes: 30, memoryMegabytes: 2048, cpus: 2, gpus: 0, nodes: 1),
        createdAt: time, updatedAt: time, finishedAt: time, cancelRequestedAt: nil, attempt: 1, jobID: 4711,
        slurmState: "COMPLETED", pendingReason: nil, startedAt: time, node: "node01", exitCode: 0, signal: 0,
        peakMemoryBytes: 188_743_680,
        model: ModelReferenceAnswer(name: "wine", version: 3, sha256: sha256, bytes: 41_222), dataAsOf: time,
        links: [
            "self": "/api/v1/tasks/0f3k9tq2xb", "log": "/api/v1/tasks/0f3k9tq2xb/log",
            "model": "/api/v1/models/wine/versions/3",
        ])

    package static let attempt = AttemptAnswer(
        number: 1, cluster: "atena02", state: "failed", reason: "exit_code",
        message: "The script ended with exit code 1.",
        jobID: 4711, slurmState: "FAILED", pendingReason: nil, createdAt: time, submittedAt: time, startedAt: time,
        finishedAt: time, exitCode: 1, signal: 0, node: "node01", peakMemoryBytes: 188_743_680)

    package static let version = ModelVersionAnswer(
        name: "wine", version: 3, format: "onnx", sha256: sha256, bytes: 41_222,
        signature: SignatureAnswer(
            inputs: [.init(name: "X", datatype: "FP32", shape: [-1, 13])],
            outputs: [.init(name: "label", datatype: "INT64", shape: [-1])]),
        task: "0f3k9tq2xb", owner: "ada", createdAt: time, aliases: ["default"],
        links: ["archive": "/api/v1/models/wine/versions/3/archive"])

    static let summary = ModelListAnswer.Summary(name: "wine", versions: 3, defaultVersion: 3, newest: version)

    static let versions = ModelVersionListAnswer(name: "wine", versions: [version], aliases: ["default": 3])

    static let engines = EngineListAnswer(engines: [.init(name: "ONNX Runtime", version: "1.23.2", problem: nil)])

    static let user = UserAnswer(name: "ada", role: "user", refusedAccounts: [], createdAt: time)

    static let readiness = ReadinessAnswer(
        ready: true, checks: [.init(name: "database", healthy: true, required: true, detail: "answers in 1 ms")])

    static let cluster = ClusterAnswer(
        name: "atena02",
        partitions: [
            .init(
                name: "cpu", available: "up", nodes: 4, cpusAllocated: 12, cpusIdle: 116, cpusTotal: 128, gres: nil,
                timeLimit: "1-00:00:00")
        ],
        nodes: [
            .init(name: "node01", state: "mixed", cpusAllocated: 12, cpusTotal: 32, memoryMegabytes: 128_000, gres: nil)
        ], queue: .init(waiting: 2, running: 3), lastContact: time, problem: nil)

    private static let sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
}
