import SlipwayCore

/// What the server's own jobs get beyond what a config can ask for.
extension BatchScripts {
    /// What `--input_path` names.
    func inputPath(
        of specification: TaskSpecification, folder: TaskFolder, cluster: ClusterConfiguration
    ) -> String {
        switch specification.serverJob?.input {
        case .uploaded(let name): "\(folder.files)/\(name)"
        case .dataset(let path): "\(cluster.datasetsFolder)/\(path)"
        case nil: cluster.datasets.path(of: specification.dataset)
        }
    }

    /// What the container sees read-only beside what the cluster names.
    func binds(of specification: TaskSpecification, folder: TaskFolder, cluster: ClusterConfiguration) -> [String] {
        switch specification.serverJob {
        case .training: cluster.pipConfig.map { [$0] } ?? []
        case .prediction: [folder.heldModel]
        case nil: []
        }
    }

    func environment(
        of specification: TaskSpecification, cluster: ClusterConfiguration
    ) -> [(name: String, value: String)] {
        guard case .training = specification.serverJob, let path = cluster.pipConfig else { return [] }
        return [("PIP_CONFIG_FILE", path)]
    }
}

extension TaskFolder {
    /// The archive of the version that a bulk prediction uses, under a name that outlives the version's own.
    package var heldModel: String { path + "/model" }
}
