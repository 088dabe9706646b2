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
        case .folder(let name, let version):
            folders.upload(FolderVersion(folder: name, version: version)).files
        case nil: cluster.datasets.path(of: specification.dataset)
        }
    }

    /// What the container sees read-only beside what the cluster names.
    func binds(of specification: TaskSpecification, folder: TaskFolder, cluster: ClusterConfiguration) -> [String] {
        switch specification.serverJob {
        case .training: cluster.pipConfig.map { [$0] } ?? []
        case .prediction: [folder.heldModel]
        case .workflow: [cluster.datasetsFolder] + (grid(of: specification, cluster: cluster)?.binds ?? [])
        case nil: []
        }
    }

    /// What the container may write to beside the task's own folders.
    func writableBinds(of specification: TaskSpecification) -> [String] {
        guard case .workflow(let workflow) = specification.serverJob else { return [] }
        return [folders.upload(FolderVersion(folder: workflow.folder, version: workflow.version)).specs]
    }

    func environment(
        of specification: TaskSpecification, cluster: ClusterConfiguration
    ) -> [(name: String, value: String)] {
        switch specification.serverJob {
        case .training: cluster.pipConfig.map { [("PIP_CONFIG_FILE", $0)] } ?? []
        case .workflow: grid(of: specification, cluster: cluster)?.environment ?? []
        case .prediction, nil: []
        }
    }

    /// The credentials that a job gets: who reads no remote files gets none.
    private func grid(of specification: TaskSpecification, cluster: ClusterConfiguration) -> GridConfiguration? {
        specification.readsRemoteFiles ? cluster.grid : nil
    }
}

extension TaskFolder {
    /// The archive of the version that a bulk prediction uses, under a name that outlives the version's own.
    package var heldModel: String { path + "/model" }
}
