import SlipwayCore

/// What a request says of the job, against what a cluster allows.
struct JobWishes {
    let request: WorkflowRequest
    let place: ServerJobConfiguration
    let cluster: ClusterConfiguration

    init(_ request: WorkflowRequest, place: ServerJobConfiguration, cluster: ClusterConfiguration) {
        self.request = request
        self.place = place
        self.cluster = cluster
    }

    /// - Throws: `SlipwayError` of code `invalid` with every field at fault.
    func checked() throws -> ServerTask.Wishes {
        guard let partition else {
            throw Self.invalid([
                FieldFault(
                    path: "device", value: request.device.rawValue,
                    message:
                        "no partition of cluster “\(cluster.name)” has such a device; it has \(TaskConfigReader.list(cluster.partitions.keys))"
                )
            ])
        }
        var faults: [FieldFault] = []
        if let memory = request.memoryMegabytes {
            let range = TaskConfigReader.leastMemory...(partition.maximumMemoryMegabytes ?? .max)
            if let fault = Self.fault("memory", memory, "M", in: range, of: partition) { faults.append(fault) }
        }
        if let cpus = request.cpus {
            let range = 1...(partition.maximumCPUs ?? .max)
            if let fault = Self.fault("cpus", cpus, "", in: range, of: partition) { faults.append(fault) }
        }
        guard faults.isEmpty else { throw Self.invalid(faults) }
        return ServerTask.Wishes(
            partition: partition.name, memory: request.memoryMegabytes.map { "\($0)M" }, cpus: request.cpus)
    }

    /// The one that the operator chose where it has the device, else the first by name that does.
    private var partition: PartitionConfiguration? {
        let chosen = place.chosenPartition(of: cluster)
        switch request.device {
        case .cpu: return chosen
        case .gpu:
            if let chosen, chosen.gres != nil { return chosen }
            return cluster.partitions.values.sorted { $0.name < $1.name }.first { $0.gres != nil }
        }
    }

    private static func fault(
        _ field: String, _ value: Int, _ unit: String, in range: ClosedRange<Int>, of partition: PartitionConfiguration
    ) -> FieldFault? {
        if range.contains(value) { return nil }
        let message =
            value < range.lowerBound
            ? "must be at least \(range.lowerBound)\(unit)"
            : "is more than the \(range.upperBound)\(unit) that partition “\(partition.name)” allows"
        return FieldFault(path: field, value: "\(value)\(unit)", message: message)
    }

    private static func invalid(_ faults: [FieldFault]) -> SlipwayError {
        SlipwayError(.invalid, "The cluster cannot give what the request asks for.", faults: faults)
    }
}
