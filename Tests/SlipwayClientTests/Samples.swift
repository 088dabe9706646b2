import Foundation
import SlipwayAPI

extension TaskEventAnswer {
    static func sample(
        id: Int64, attempt: Int = 1, state: String, reason: String? = nil, message: String? = nil
    ) -> TaskEventAnswer {
        let time = Date(timeIntervalSince1970: 1_700_000_000)
        return TaskEventAnswer(
            id: id, task: "t1", attempt: attempt, state: state, reason: reason, witness: "squeue", raw: nil,
            message: message, factAt: time, learnedAt: time)
    }
}

extension TaskAnswer {
    static func sample(state: String, attempt: Int? = 1, experiment: String = "wine") -> TaskAnswer {
        let time = Date(timeIntervalSince1970: 1_700_000_000)
        return TaskAnswer(
            id: "t1", state: state, reason: nil, message: nil, owner: "ann", cluster: "atena02", partition: "cpu",
            image: "sklearn", account: "twinscie", dataset: "wine", experiment: experiment, modelName: "wine",
            entrypoint: "train.py", executionMode: "no-mlflow", modelParams: .object([:]),
            resources: ResourcesAnswer(timeLimitMinutes: nil, memoryMegabytes: nil, cpus: nil, gpus: nil, nodes: nil),
            createdAt: time, updatedAt: time, finishedAt: nil, cancelRequestedAt: nil, attempt: attempt, jobID: 7,
            slurmState: nil, pendingReason: nil, startedAt: nil, node: nil, exitCode: nil, signal: nil,
            peakMemoryBytes: nil, model: nil, dataAsOf: time, links: [:])
    }
}

extension ModelVersionAnswer {
    static func sample(version: Int, sha256: String = "", bytes: Int64 = 0) -> ModelVersionAnswer {
        ModelVersionAnswer(
            name: "wine", version: version, format: "onnx", sha256: sha256, bytes: bytes, signature: nil, task: nil,
            owner: "ann", createdAt: Date(timeIntervalSince1970: 1_700_000_000), aliases: [], links: [:])
    }
}

func json(_ value: some Encodable) throws -> String {
    String(decoding: try WireJSON.encoder().encode(value), as: UTF8.self)
}
