extension SlurmOutput {
    /// Reads what `SlurmCommand.partitions()` prints: one entry a partition.
    ///
    /// A partition with several kinds of nodes has several lines; they are added up.
    package static func partitions(_ text: String) throws(SlurmError) -> [PartitionStatus] {
        var partitions: [PartitionStatus] = []
        for fields in try records(text, fields: SlurmCommand.partitionFields.count, of: "sinfo") {
            let isDefault = fields[0].last == "*"
            let name = isDefault ? String(fields[0].dropLast()) : fields[0]
            let cpus = try counts(fields[2], of: "sinfo")
            let nodes = try counts(fields[3], of: "sinfo")
            let partition = PartitionStatus(
                name: name, isDefault: isDefault, availability: fields[1],
                cpus: CPUCounts(allocated: cpus[0], idle: cpus[1], other: cpus[2], total: cpus[3]),
                nodes: .init(allocated: nodes[0], idle: nodes[1], other: nodes[2], total: nodes[3]),
                memoryMegabytes: leadingNumber(fields[4]), gres: word(fields[5]),
                timeLimitSeconds: duration(fields[6]))
            if let index = partitions.firstIndex(where: { $0.name == name }) {
                partitions[index].add(partition)
            } else {
                partitions.append(partition)
            }
        }
        return partitions
    }

    /// Reads what `SlurmCommand.nodes()` prints: one entry a node.
    ///
    /// sinfo has a line for each partition that a node is in.
    package static func nodes(_ text: String) throws(SlurmError) -> [NodeStatus] {
        var nodes: [NodeStatus] = []
        var places: [String: Int] = [:]
        for fields in try records(text, fields: SlurmCommand.nodeFields.count, of: "sinfo") {
            let partition = fields[1].last == "*" ? String(fields[1].dropLast()) : fields[1]
            if let place = places[fields[0]] {
                nodes[place].partitions.append(partition)
                continue
            }
            let cpus = try counts(fields[3], of: "sinfo")
            places[fields[0]] = nodes.count
            nodes.append(
                NodeStatus(
                    name: fields[0], partitions: [partition],
                    state: String(fields[2].prefix { $0.isLetter || $0 == "_" }), rawState: fields[2],
                    cpus: CPUCounts(allocated: cpus[0], idle: cpus[1], other: cpus[2], total: cpus[3]),
                    memoryMegabytes: leadingNumber(fields[4]), freeMemoryMegabytes: leadingNumber(fields[5]),
                    gres: word(fields[6]), reason: word(fields[7])))
        }
        return nodes
    }

    /// The number of `64000` and of `64000+` (a minimum).
    private static func leadingNumber(_ text: String) -> Int64? { Int64(text.prefix { $0.isNumber }) }
}

extension PartitionStatus {
    fileprivate mutating func add(_ other: PartitionStatus) {
        cpus.allocated += other.cpus.allocated
        cpus.idle += other.cpus.idle
        cpus.other += other.cpus.other
        cpus.total += other.cpus.total
        nodes.allocated += other.nodes.allocated
        nodes.idle += other.nodes.idle
        nodes.other += other.nodes.other
        nodes.total += other.nodes.total
        memoryMegabytes = [memoryMegabytes, other.memoryMegabytes].compactMap(\.self).min()
        if let more = other.gres, gres != more { gres = gres.map { "\($0),\(more)" } ?? more }
    }
}
