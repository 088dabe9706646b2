import Foundation

/// Where things lie on this machine, as the environment says.
struct Workplace: Sendable {
    /// The server under measurement.
    let serverBinary: String
    /// The checkout, for the sample.
    let repository: String
    let images: String
    let datasets: String
    /// `PATH` of Slurm's commands.
    let slurmPath: String
    let slurmConf: String
    /// Name of the cluster in configurations and configs.
    let cluster: String
    /// Folder of `postgres`, `initdb` and `pgbench`.
    let postgresBinaries: String
    /// A Python with ONNX Runtime and what makes its models.
    let python: String
    /// Other servers of models, each with its environment of Python: what `slurm/dev/peers.sh` installs.
    let peerEnvironments: String
    /// Everything of this run lies here.
    let folder: String

    /// - Throws: `BenchError` naming every variable that is missing.
    init(environment: [String: String]) throws {
        var missing: [String] = []
        func value(_ name: String) -> String {
            if let value = environment[name], !value.isEmpty { return value }
            missing.append(name)
            return ""
        }
        serverBinary = value("SLIPWAY_TEST_SERVER_BINARY")
        repository = value("SLIPWAY_TEST_REPO")
        images = value("SLIPWAY_TEST_IMAGES")
        datasets = value("SLIPWAY_TEST_DATASETS")
        slurmPath = value("SLIPWAY_TEST_PATH")
        slurmConf = value("SLURM_CONF")
        cluster = value("SLIPWAY_TEST_CLUSTER")
        postgresBinaries = value("SLIPWAY_TEST_POSTGRES_BIN")
        python = value("SLIPWAY_TEST_PYTHON")
        let state = value("SLIPWAY_TEST_STATE")
        peerEnvironments = state + "/venvs/peers"
        folder = state + "/bench/\(ProcessInfo.processInfo.processIdentifier)"
        guard missing.isEmpty else {
            throw BenchError(
                .environment,
                "the environment lacks \(missing.joined(separator: ", ")); `make bench` sets what is needed")
        }
    }

    /// The programs of the comparison with other servers.
    var peers: String { repository + "/slurm/dev/peers" }

    func prepare() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// Removes what the run left, and the folder of all runs when no other is under way.
    func remove() {
        try? FileManager.default.removeItem(atPath: folder)
        // rmdir(2) refuses a folder that is not empty: that of another run.
        rmdir(folder + "/..")
    }

    func sample(_ name: String) throws -> String {
        try String(contentsOfFile: "\(repository)/docs/examples/wine/\(name)", encoding: .utf8)
    }
}
