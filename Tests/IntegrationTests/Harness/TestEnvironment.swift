import Foundation

/// What `make test` tells the tests about this machine: the cluster, the image, the programs.
struct TestEnvironment: Sendable {
    let state: String
    let slurmConfiguration: String
    /// `PATH` with Slurm's commands and the container's runtime.
    let path: String
    let cluster: String
    /// The node that the demo's partitions are on.
    let node: String
    /// The node that tests may break.
    let spareNode: String
    let images: String
    let datasets: String
    let serverBinary: String
    let repository: String
    let postgresBinaries: String
    let onnxRuntime: String
    let tensorFlow: String

    /// Throws `TestFailure` that names what is missing.
    static func current() throws -> TestEnvironment {
        try found.get()
    }

    /// The folder that holds a folder for every server of the tests.
    var serversFolder: String { state + "/tests" }

    private static let found = Result { try read(ProcessInfo.processInfo.environment) }

    private static func read(_ environment: [String: String]) throws -> TestEnvironment {
        func value(_ name: String) throws -> String {
            guard let value = environment[name], !value.isEmpty else {
                throw TestFailure(
                    "\(name) is not set: these tests need the cluster and the image that `make test` sets up; run it, or "
                        + "source .slipway/test.env after it")
            }
            return value
        }
        return try TestEnvironment(
            state: value("SLIPWAY_TEST_STATE"), slurmConfiguration: value("SLURM_CONF"),
            path: value("SLIPWAY_TEST_PATH"), cluster: value("SLIPWAY_TEST_CLUSTER"),
            node: value("SLIPWAY_TEST_NODE"), spareNode: value("SLIPWAY_TEST_SPARE_NODE"),
            images: value("SLIPWAY_TEST_IMAGES"), datasets: value("SLIPWAY_TEST_DATASETS"),
            serverBinary: value("SLIPWAY_TEST_SERVER_BINARY"), repository: value("SLIPWAY_TEST_REPO"),
            postgresBinaries: value("SLIPWAY_TEST_POSTGRES_BIN"), onnxRuntime: value("SLIPWAY_ONNXRUNTIME"),
            tensorFlow: value("SLIPWAY_TENSORFLOW"))
    }
}
