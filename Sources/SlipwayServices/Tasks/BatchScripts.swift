import CAssets
import SlipwayCore
import Slurm

/// Renders a task's batch script from its cluster's template.
struct BatchScripts: Sendable {
    private let configuration: Configuration
    private let templates: [String: BatchScript]

    /// - Throws: `SlipwayError` naming the cluster whose template has a fault.
    init(configuration: Configuration) throws {
        let asset = slipway_job_template()
        let builtIn = String(decoding: UnsafeBufferPointer(start: asset.bytes, count: asset.count), as: UTF8.self)
        self.configuration = configuration
        self.templates = try configuration.clusters.mapValues { cluster in
            do {
                return try BatchScript(template: cluster.template ?? builtIn)
            } catch {
                throw SlipwayError(.invalid, "The template of cluster “\(cluster.name)” has a fault: \(error)")
            }
        }
    }

    var folders: DataFolders { configuration.folders }

    /// The script of an attempt, with what its plan changes of the config.
    ///
    /// - Throws: `SlipwayError` of code `invalid` for a value that no script can carry, and where the cluster or its
    ///   partition is no longer configured.
    func render(
        _ specification: TaskSpecification, id: Attempt.ID, plan: AttemptPlan = .unchanged
    ) throws -> String {
        guard let cluster = configuration.clusters[specification.cluster],
            let template = templates[specification.cluster],
            let partition = cluster.partitions[specification.partition]
        else {
            throw SlipwayError(
                .invalid,
                "Cluster “\(specification.cluster)” with partition “\(specification.partition)” is not configured here."
            )
        }
        do {
            return try template.render(
                job(specification, id: id, plan: plan, cluster: cluster, partition: partition))
        } catch {
            throw SlipwayError(.invalid, "The batch script cannot be written: \(error)")
        }
    }

    private func job(
        _ specification: TaskSpecification, id: Attempt.ID, plan: AttemptPlan, cluster: ClusterConfiguration,
        partition: PartitionConfiguration
    ) -> BatchJob {
        let folder = configuration.folders.task(id.task)
        let attempt = folder.attempt(id.number)
        let resources = specification.resources
        let retry = specification.retryPolicy
        return BatchJob(
            name: specification.experiment,
            partition: partition.partition,
            account: specification.account,
            taskID: id.task.text,
            attempt: id.number,
            taskFolder: folder.path,
            attemptFolder: attempt.path,
            filesFolder: folder.files,
            entrypoint: specification.entrypoint,
            outputFolder: attempt.output,
            logPath: folder.logPattern,
            inputPath: inputPath(of: specification, folder: folder, cluster: cluster),
            imagePath: cluster.images.path(of: specification.image),
            paramsPath: attempt.parameters,
            nodes: resources.nodes ?? 1,
            timeLimitMinutes: resources.timeLimitMinutes,
            memoryMegabytes: plan.memoryMegabytes ?? resources.memoryMegabytes,
            cpus: resources.cpus,
            gres: partition.gres(devices: resources.gpus),
            nvidia: partition.nvidia,
            exclusive: partition.exclusive,
            excludedNodes: Self.excludedNodes(plan, of: cluster),
            allowsRequeue: cluster.requeue,
            signalSeconds: retry.signalSecondsBefore,
            resumes: retry.resumes,
            earlierOutput: plan.resumesFrom.map { folder.attempt($0).output },
            readOnlyBinds: cluster.readOnlyBinds + binds(of: specification, folder: folder, cluster: cluster),
            writableBinds: writableBinds(of: specification),
            proxyScript: cluster.proxyScript,
            environment: environment(specification, id: id, folder: folder)
                + environment(of: specification, cluster: cluster),
            payload: payload(specification, id: id))
    }

    /// The cluster's own and those of the plan, each name once. Nodes come as Slurm says them, as host lists, too; what
    /// names no node is left out.
    private static func excludedNodes(_ plan: AttemptPlan, of cluster: ClusterConfiguration) -> [String] {
        var known = Set(cluster.excludedNodes.flatMap { HostList.expand($0) ?? [] })
        let failed = plan.excludedNodes.flatMap { HostList.expand($0) ?? [] }
        return cluster.excludedNodes + failed.filter { known.insert($0).inserted }
    }

    private func payload(_ specification: TaskSpecification, id: Attempt.ID) -> BatchJob.Payload {
        switch specification.payload {
        case .script: .script
        case .mlflow(let uri):
            .mlflow(trackingURI: uri, experiment: Self.experiment(specification, id: id))
        }
    }

    /// MLflow's variables, where tracking is on. What is not a URI is a folder beside the entrypoint, where the script may write.
    private func environment(
        _ specification: TaskSpecification, id: Attempt.ID, folder: TaskFolder
    ) -> [(name: String, value: String)] {
        guard case .script(let tracking?) = specification.payload else { return [] }
        let uri =
            tracking.contains("://")
            ? tracking : "file://\(folder.files)/\(FileNames.safe(tracking) ?? "experiments")"
        return [
            ("MLFLOW_TRACKING_URI", uri),
            ("MLFLOW_EXPERIMENT_NAME", Self.experiment(specification, id: id)),
            ("MLFLOW_ALLOW_FILE_STORE", "true"),
        ]
    }

    private static func experiment(_ specification: TaskSpecification, id: Attempt.ID) -> String {
        "\(specification.experiment)_\(id.task)"
    }
}

extension PartitionConfiguration {
    /// The generic resource for so many devices; nil asks for what the partition gives by itself.
    func gres(devices: Int?) -> String? {
        guard let gres, let devices else { return gres }
        let words = gres.split(separator: ":")
        let kind = words.last.flatMap { Int($0) } == nil ? words : words.dropLast()
        return (kind.map(String.init) + [String(devices)]).joined(separator: ":")
    }
}
