import Foundation
import SlipwayCore

/// Reads a config file, in its old or new form, against what the server knows.
struct TaskConfigReader: Sendable {
    let clusters: [String: ClusterConfiguration]
    let images: @Sendable (ClusterConfiguration) -> any FileCatalog
    let datasets: @Sendable (ClusterConfiguration) -> any FileCatalog
    let refusedAccounts: [String]
    /// File names of the uploaded Python files.
    let scripts: [String]
    /// Where the operator lets ends of tasks be told.
    let webhooks: WebhookConfiguration

    /// Megabytes in which a container with Python starts.
    static let leastMemory = 32
    private static let knownInfrastructure: Set = [
        "instance_type", "image_name", "account", "time", "memory", "cpus", "gpus", "nodes",
    ]
    private static let knownKeys = knownInfrastructure.union([
        "dataset_name", "model_params", "runner_location", "model_tracking", "tracking_uri", "experiment_name",
        "script_path", "project_path", "execution_mode", "clusters", "backend_execution", "model_name",
        "retries", "resume", "signal_before", "memory_factor", "retry_on", "webhook_url",
    ])

    /// JSON paths of the keys that mean nothing to Slipway: misspelled, or meant for somebody else.
    static func unknownKeys(_ text: String, cluster: String) -> [String] {
        guard case .object(let members)? = try? JSONDecoder().decode(JSONTree.self, from: Data(text.utf8)) else {
            return []
        }
        var unknown = members.keys.filter { !knownKeys.contains($0) }.map { "$.\($0)" }
        if case .object(let clusters)? = members["clusters"], case .object(let entry)? = clusters[cluster],
            case .object(let infra)? = entry["infra_config"]
        {
            let path = "$.clusters.\(cluster).infra_config"
            unknown += infra.keys.filter { !knownInfrastructure.contains($0) }.map { "\(path).\($0)" }
        }
        return unknown.sorted()
    }

    /// - Throws: `SlipwayError` of code `invalid` with all faults at once.
    func read(_ text: String) throws -> TaskSpecification {
        let root: JSONTree
        do {
            root = try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
        } catch {
            throw SlipwayError(.invalid, "The config file is not JSON. \(Self.explain(text))")
        }
        guard case .object(let members) = root else {
            throw SlipwayError(.invalid, "The config file must hold one JSON object, but holds \(root.kind).")
        }
        var fields = ConfigFields()
        let specification = read(ConfigFields.given(members), text: text, &fields)
        guard fields.faults.isEmpty, let specification else {
            let count = fields.faults.count
            throw SlipwayError(
                .invalid, "The config file has \(count == 1 ? "one fault" : "\(count) faults").", faults: fields.faults)
        }
        return specification
    }

    private func read(_ config: [String: JSONTree], text: String, _ fields: inout ConfigFields) -> TaskSpecification? {
        let location = fields.required(
            config["runner_location"], "$.runner_location", "the cluster to run on, one of \(Self.list(clusters.keys))")
        var cluster: ClusterConfiguration?
        if let location {
            cluster = clusters[location]
            if cluster == nil {
                fields.fault(
                    "$.runner_location", config["runner_location"],
                    "is not a cluster of this server; known: \(Self.list(clusters.keys))")
            }
        }
        let infra = infrastructure(config, location: location, &fields)
        let experiment = fields.required(
            config["experiment_name"], "$.experiment_name", "a name for the experiment; it becomes the job's name")
        let modelName = modelName(config["model_name"], experiment: experiment, &fields)
        let scriptPath = fields.required(
            config["script_path"], "$.script_path", "the name of the uploaded Python script, such as train.py")
        let entrypoint = entrypoint(scriptPath, config["script_path"], &fields)
        let payload = payload(config, &fields)
        let projectPath = fields.text(config["project_path"], "$.project_path")
        switch config["model_params"] {
        case nil, .null?, .object?: break
        case let other?: fields.fault("$.model_params", other, "must be an object, but is \(other.kind)")
        }
        let retry = retry(config, &fields)
        let webhookURL = webhookURL(config["webhook_url"], &fields)
        guard let cluster else { return nil }
        let partition = partition(infra, of: cluster, &fields)
        let image = known(
            infra.members["image_name"], "\(infra.path).image_name", in: images(cluster),
            what: "an image of cluster “\(cluster.name)”", &fields)
        let dataset = known(
            config["dataset_name"], "$.dataset_name", in: datasets(cluster),
            what: "a dataset of cluster “\(cluster.name)”", &fields)
        let account = account(infra, of: cluster, &fields)
        guard let partition else { return nil }
        let resources = resources(infra, of: partition, &fields)
        check(retry, config, infra, resources, &fields)
        guard let image, let dataset, let experiment, let modelName, let scriptPath, let entrypoint, let payload else {
            return nil
        }
        let parameters = JSONSlice.member("model_params", of: text)
        return TaskSpecification(
            cluster: cluster.name, partition: partition.name, image: image, account: account, dataset: dataset,
            experiment: experiment, modelName: modelName, entrypoint: entrypoint, scriptPath: scriptPath,
            projectPath: projectPath, payload: payload, resources: resources,
            modelParameters: parameters == nil || parameters == "null" ? "{}" : parameters ?? "{}",
            retry: retry, webhookURL: webhookURL)
    }

    /// `clusters.LOCATION.infra_config`; a file without `clusters` may have its members at the top.
    private func infrastructure(
        _ config: [String: JSONTree], location: String?, _ fields: inout ConfigFields
    ) -> (members: [String: JSONTree], path: String) {
        guard let all = config["clusters"] else { return (config, "$") }
        let clusters = fields.object(all, "$.clusters")
        guard let location else { return ([:], "$.clusters") }
        let path = "$.clusters.\(location)"
        guard let entry = clusters[location] else {
            fields.fault(path, nil, "is missing: runner_location names this cluster, so its infra_config must be given")
            return ([:], "\(path).infra_config")
        }
        let members = fields.object(entry, path)
        if members["infra_config"] == nil { fields.fault("\(path).infra_config", nil, "is missing") }
        return (fields.object(members["infra_config"], "\(path).infra_config"), "\(path).infra_config")
    }

    private func partition(
        _ infra: (members: [String: JSONTree], path: String), of cluster: ClusterConfiguration,
        _ fields: inout ConfigFields
    ) -> PartitionConfiguration? {
        let path = "\(infra.path).instance_type"
        let value = infra.members["instance_type"]
        let choice = Self.list(cluster.partitions.keys)
        guard let name = fields.required(value, path, "the partition, one of \(choice)") else { return nil }
        if let partition = cluster.partitions[name] { return partition }
        fields.fault(path, value, "is not a partition of cluster “\(cluster.name)”; known: \(choice)")
        return nil
    }

    /// A name that must be among those that exist, written with or without its suffix.
    private func known(
        _ value: JSONTree?, _ path: String, in catalog: any FileCatalog, what: String, _ fields: inout ConfigFields
    ) -> String? {
        guard let text = fields.required(value, path, "the name of \(what)") else { return nil }
        let name = text.hasSuffix(catalog.suffix) ? String(text.dropLast(catalog.suffix.count)) : text
        if catalog.contains(name) { return name }
        fields.fault(path, value, "is not \(what); known: \(Self.list(catalog.names()))")
        return nil
    }

    private func account(
        _ infra: (members: [String: JSONTree], path: String), of cluster: ClusterConfiguration,
        _ fields: inout ConfigFields
    ) -> String? {
        let path = "\(infra.path).account"
        let value = infra.members["account"]
        let allowed = cluster.accounts.filter { !isRefused($0) }
        guard let account = fields.text(value, path) ?? (value == nil ? cluster.defaultAccount : nil) else {
            if value == nil, !refusedAccounts.isEmpty {
                // Slurm's own choice might be one that is refused.
                fields.fault(path, nil, "is missing: you must name an account; yours: \(Self.list(allowed))")
            }
            return nil
        }
        if isRefused(account) {
            fields.fault(
                path, value ?? .string(account), "is refused to you by the operator; yours: \(Self.list(allowed))")
        } else if !cluster.accounts.isEmpty, !cluster.accounts.contains(account) {
            fields.fault(
                path, value, "is not an account of cluster “\(cluster.name)”; known: \(Self.list(allowed))")
        } else {
            return account
        }
        return nil
    }

    /// Slurm does not tell capitals from small letters in an account's name.
    private func isRefused(_ account: String) -> Bool {
        refusedAccounts.contains { $0.lowercased() == account.lowercased() }
    }

    private func resources(
        _ infra: (members: [String: JSONTree], path: String), of partition: PartitionConfiguration,
        _ fields: inout ConfigFields
    ) -> TaskSpecification.Resources {
        let members = infra.members
        let name = partition.name
        if partition.maximumGPUs == 0, let value = members["gpus"],
            fields.count(value, "\(infra.path).gpus", minimum: 0, maximum: nil, of: name) ?? 0 > 0
        {
            fields.fault("\(infra.path).gpus", value, "cannot be given: partition “\(name)” has no GPUs")
        }
        return TaskSpecification.Resources(
            timeLimitMinutes: fields.amount(
                members["time"], "\(infra.path).time",
                "must be a time such as 90 (minutes), 90m, 24h, 12:00:00 or 2-00:00:00",
                maximum: partition.maximumMinutes, unit: "minutes", of: name, Amounts.minutes),
            memoryMegabytes: fields.amount(
                members["memory"], "\(infra.path).memory", "must be a size such as 2000 (megabytes), 512M or 3gb",
                minimum: Self.leastMemory, maximum: partition.maximumMemoryMegabytes, unit: "megabytes", of: name,
                Amounts.megabytes),
            cpus: fields.count(members["cpus"], "\(infra.path).cpus", maximum: partition.maximumCPUs, of: name),
            gpus: partition.maximumGPUs == 0
                ? nil
                : fields.count(members["gpus"], "\(infra.path).gpus", maximum: partition.maximumGPUs, of: name),
            nodes: fields.count(members["nodes"], "\(infra.path).nodes", maximum: partition.maximumNodes, of: name))
    }

    private func entrypoint(_ path: String?, _ value: JSONTree?, _ fields: inout ConfigFields) -> String? {
        guard let path else { return nil }
        let name = FileNames.lastComponent(path)
        if scripts.contains(name) { return name }
        fields.fault(
            "$.script_path", value,
            scripts.isEmpty
                ? "names “\(name)”, but no file that ends in .py came with the request"
                : "names “\(name)”, but the uploaded script is \(Self.list(scripts)); the two must be the same")
        return nil
    }

    private func modelName(_ value: JSONTree?, experiment: String?, _ fields: inout ConfigFields) -> String? {
        let rule =
            "a model's name has 1 to 128 letters (a–z), digits, “.”, “_” or “-”, and begins with a letter or digit"
        if let name = fields.text(value, "$.model_name") {
            if FileNames.isModelName(name) { return name }
            fields.fault("$.model_name", value, rule)
            return nil
        }
        guard value == nil, let experiment else { return nil }
        if let name = FileNames.modelName(from: experiment) { return name }
        fields.fault(
            "$.model_name", nil, "must be given, since experiment_name has no letter that one could use: \(rule)")
        return nil
    }

    private func payload(_ config: [String: JSONTree], _ fields: inout ConfigFields) -> TaskSpecification.Payload? {
        let tracking = fields.flag(config["model_tracking"], "$.model_tracking") ?? false
        let topURI = fields.text(config["tracking_uri"], "$.tracking_uri", maximum: 2000)
        let mode =
            config["execution_mode"] == nil ? "no-mlflow" : fields.text(config["execution_mode"], "$.execution_mode")
        switch mode {
        case "no-mlflow"?:
            return .script(trackingURI: tracking ? topURI : nil)
        case "mlflow"?:
            let backends = fields.object(config["backend_execution"], "$.backend_execution")
            let backend = fields.object(backends["mlflow"], "$.backend_execution.mlflow")
            let path = "$.backend_execution.mlflow.execution_config"
            let execution = fields.object(backend["execution_config"], path)
            return .mlflow(
                trackingURI: fields.text(execution["tracking_uri"], "\(path).tracking_uri", maximum: 2000) ?? topURI)
        case let other?:
            fields.fault("$.execution_mode", .string(other), "must be “mlflow” or “no-mlflow”")
            return nil
        case nil:
            return nil
        }
    }

    /// Up to twenty names in order, for a message.
    static func list(_ names: some Collection<String>) -> String {
        if names.isEmpty { return "none" }
        let shown = names.sorted().prefix(20).joined(separator: ", ")
        return names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown
    }

    /// What is wrong with a text that is no JSON, and where. `JSONDecoder` does not tell; `JSONSerialization` does.
    static func explain(_ text: String) -> String {
        do {
            _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
            return "It holds a value that cannot be read."
        } catch {
            let words = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? error.localizedDescription
            let digits = words.split(separator: "around character ").last?.prefix { $0.isNumber }
            guard words.contains("around character"), let position = digits.flatMap({ Int($0) }) else { return words }
            let line = text.utf8.prefix(position).count { $0 == UInt8(ascii: "\n") } + 1
            return "\(words.prefix { $0 != "." }), in line \(line)."
        }
    }
}
