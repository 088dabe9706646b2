package import Foundation
package import SlipwayAPI
package import SlipwayCore

extension TaskAnswer {
    /// - Parameter dataAsOf: When the task's cluster was last heard.
    package init(_ task: MLTask, dataAsOf: Date) {
        let specification = task.specification
        // A task that is queued again has no job; what became of the last one is told by its attempts.
        let attempt = task.state == .queued ? nil : task.attempt
        let parameters = try? JSONDecoder().decode(JSONValue.self, from: Data(specification.modelParameters.utf8))
        let executionMode =
            switch specification.payload {
            case .script: "no-mlflow"
            case .mlflow: "mlflow"
            }
        self.init(
            id: task.id.text, state: task.state.rawValue, reason: task.reason?.rawValue, message: task.message,
            owner: task.owner, cluster: specification.cluster, partition: specification.partition,
            image: specification.image, account: specification.account, dataset: specification.dataset,
            experiment: specification.experiment, modelName: specification.modelName,
            entrypoint: specification.entrypoint, executionMode: executionMode, modelParams: parameters ?? .object([:]),
            resources: ResourcesAnswer(specification.resources), createdAt: task.createdAt, updatedAt: task.updatedAt,
            finishedAt: task.finishedAt, cancelRequestedAt: task.cancelRequestedAt, attempt: task.attempt?.id.number,
            jobID: attempt?.jobID, slurmState: attempt?.rawState, pendingReason: attempt?.pendingReason,
            startedAt: attempt?.startedAt, node: attempt?.node, exitCode: attempt?.exitCode, signal: attempt?.signal,
            peakMemoryBytes: attempt?.peakMemoryBytes, model: task.model.map(ModelReferenceAnswer.init),
            dataAsOf: dataAsOf, links: Self.links(of: task))
        filesPrunedAt = task.filesPrunedAt
        logPrunedAt = task.logPrunedAt
        retry = RetryAnswer(specification.retryPolicy)
        webhookURL = specification.webhookURL
        waiting = WaitingAnswer(attempt)
        restarts = attempt.flatMap { $0.restarts > 0 ? $0.restarts : nil }
    }

    private static func links(of task: MLTask) -> [String: String] {
        let own = "/api/v1/tasks/\(task.id)"
        var links = ["self": own]
        for name in ["events", "log", "script", "files", "attempts", "cancel", "retry"] {
            links[name] = "\(own)/\(name)"
        }
        if !task.specification.publishes { links["result"] = "\(own)/result" }
        if let model = task.model {
            links["model"] = "/api/v1/models/\(PathSegment.encode(model.name))/versions/\(model.version)"
        }
        return links
    }
}

extension ResourcesAnswer {
    package init(_ resources: TaskSpecification.Resources) {
        self.init(
            timeLimitMinutes: resources.timeLimitMinutes, memoryMegabytes: resources.memoryMegabytes,
            cpus: resources.cpus, gpus: resources.gpus, nodes: resources.nodes)
    }
}

extension ModelReferenceAnswer {
    package init(_ model: ModelReference) {
        self.init(name: model.name, version: model.version, sha256: model.sha256, bytes: model.bytes)
    }
}
