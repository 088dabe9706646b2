/// What a test's server has of its own in its configuration.
struct ServerSettings: Sendable {
    var pollInterval = 0.3
    var accountingLag = 3.0
    var commandTimeout = 10.0
    var accounts = ["twinscie", "other"]
    /// Scripts that come first in the cluster's `PATH`, by name. The real programs are behind them, under the `PATH` of
    /// the tests; `$TOOLS` is replaced by the folder of these scripts, `$REAL` by the real `PATH`.
    var tools: [String: String] = [:]
    /// Whether images come from the server's own folder, `images/` under its data root, instead of the shared one.
    var hasOwnImages = false
    /// Further lines at the top of the file.
    var lines: [String] = []
    /// Further lines of the runtimes, with their indentation.
    var runtimeLines: [String] = []
    /// Further lines of the cluster, without their indentation.
    var clusterLines: [String] = []
    /// Further partitions, without their indentation.
    var partitionLines: [String] = []

    /// - Parameter home: Where the scripts are; nil: under the data root.
    func text(folder: String, home: String? = nil, port: Int, in environment: TestEnvironment) -> String {
        let own = tools.isEmpty ? "" : "\(home ?? folder)/tools:"
        let further = clusterLines.map { "\n    \($0)" }.joined()
        let partitions = partitionLines.map { "      \($0)\n" }.joined()
        return """
            data_root: \(folder)
            listen: 127.0.0.1:\(port)
            postgres_bin: \(environment.postgresBinaries)
            \(lines.map { $0 + "\n" }.joined())runtimes:
              onnxruntime: \(environment.onnxRuntime)
              tensorflow: \(environment.tensorFlow)
            \(runtimeLines.map { $0 + "\n" }.joined())\
            clusters:
              \(environment.cluster):
                connection: local
                slurm_conf: \(environment.slurmConfiguration)
                path: \(own)\(environment.path)
                images: \(hasOwnImages ? folder + "/images" : environment.images)
                datasets: \(environment.datasets)
                accounts: [\(accounts.joined(separator: ", "))]
                default_account: twinscie
                poll_interval: \(pollInterval)
                accounting_lag: \(accountingLag)
                command_timeout: \(commandTimeout)\(further)
                partitions:
                  cpu: {partition: cpu, max_time: 24h, max_memory: 30G, max_cpus: 8}
                  gpu: {partition: gpu, gres: "gpu:1", nv: true, max_gpus: 2, max_time: 24h}
            \(partitions)
            """
    }
}
