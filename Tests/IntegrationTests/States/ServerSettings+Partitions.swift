extension ServerSettings {
    /// A server that also knows the partitions on the spare node, where jobs meet with accidents.
    ///
    /// `fragile` has the spare node and the other one, in this order; `high` takes the place of what `low` runs, and of
    /// what `requeued` runs; in `tight` one processor is to be had at a time.
    static func spare(
        commandTimeout: Double = 10, tools: [String: String] = [:], accounts: [String] = ["twinscie", "other"],
        clusterLines: [String] = []
    ) -> ServerSettings {
        var settings = ServerSettings(commandTimeout: commandTimeout, accounts: accounts, tools: tools)
        settings.clusterLines = clusterLines
        settings.partitionLines = ["fragile", "low", "requeued", "tight"].map {
            "\($0): {partition: \($0), max_time: 24h, max_memory: 8G, max_cpus: 4}"
        }
        return settings
    }
}
