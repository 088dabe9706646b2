/// Where the jobs run that the server itself writes: a section of `slipway.yml`.
package struct ServerJobConfiguration: Sendable, Hashable {
    /// Nil is the first cluster by name.
    package var cluster: String?
    /// Nil is the cluster's first partition without a device.
    package var partition: String?
    /// Name of the image without `.sif`.
    package var image: String
    /// As a config file writes them; nil leaves Slurm's or the partition's default.
    package var account: String?
    package var time: String?
    package var memory: String?
    package var cpus: Int?

    /// Holds the trainer for uploaded folders.
    package static let workflowImage = "hep_latest"

    package init(image: String = "ml_latest") {
        self.image = image
    }

    /// - Parameter image: The image where none is named.
    init(_ settings: Settings, image: String = "ml_latest", clusters: [String: ClusterConfiguration]) {
        self.init(image: settings.string("image") ?? image)
        cluster = settings.string("cluster")
        partition = settings.string("partition")
        account = settings.string("account")
        time = settings.parsed("time", "must be a time such as 90m, 24h or 7-00:00:00") {
            Amounts.minutes($0) == nil ? nil : $0
        }
        memory = settings.parsed("memory", "must be a size such as 4000M or 64G") {
            Amounts.megabytes($0) == nil ? nil : $0
        }
        cpus = settings.integer("cpus", in: 1...100_000)
        if let cluster, clusters[cluster] == nil {
            settings.fault("cluster", "is not a cluster of this file; known: \(TaskConfigReader.list(clusters.keys))")
        } else if let partition, let chosen = chosenCluster(of: clusters), chosen.partitions[partition] == nil {
            settings.fault(
                "partition",
                "is not a partition of cluster “\(chosen.name)”; known: \(TaskConfigReader.list(chosen.partitions.keys))"
            )
        }
        settings.finish()
    }

    /// The cluster that is named here, else the first by name.
    func chosenCluster(of clusters: [String: ClusterConfiguration]) -> ClusterConfiguration? {
        cluster.map { clusters[$0] } ?? clusters.min { $0.key < $1.key }?.value
    }

    /// The partition that is named here, else the first by name that gives no device, else the first of all.
    func chosenPartition(of cluster: ClusterConfiguration) -> PartitionConfiguration? {
        if let partition { return cluster.partitions[partition] }
        let sorted = cluster.partitions.values.sorted { $0.name < $1.name }
        return sorted.first { $0.gres == nil } ?? sorted.first
    }
}
