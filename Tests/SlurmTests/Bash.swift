import Foundation

/// Runs real programs for tests, output through files.
enum Bash {
    struct Result {
        var status: Int32
        var output: String
    }

    /// Runs a script's text with bash.
    static func run(_ script: String, environment: [String: String] = [:]) throws -> Result {
        let folder = try TemporaryFolder()
        let file = folder.path("script")
        try script.write(toFile: file, atomically: true, encoding: .utf8)
        return try run("/bin/bash", [file], environment: environment)
    }

    /// Runs a program with exactly this environment and a PATH.
    static func run(_ executable: String, _ arguments: [String], environment: [String: String] = [:]) throws -> Result {
        let process = try start(executable, arguments, environment: environment)
        process.0.waitUntilExit()
        return Result(
            status: process.0.terminationStatus,
            output: try String(contentsOfFile: process.1.path("out"), encoding: .utf8))
    }

    /// Starts a program; its output goes to the file `out` of the folder.
    static func start(
        _ executable: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> (Process, TemporaryFolder) {
        let folder = try TemporaryFolder()
        _ = FileManager.default.createFile(atPath: folder.path("out"), contents: nil)
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path("out")))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        // Threads of a pool run with most signals blocked, and a child inherits that.
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
        return (process, folder)
    }

    /// The path of a program, nil where it is not installed.
    static func find(_ program: String) -> String? {
        ["/usr/bin/", "/usr/local/bin/", "/bin/"].map { $0 + program }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

/// A folder that goes with its owner.
final class TemporaryFolder {
    let root: String

    init() throws {
        root = NSTemporaryDirectory() + "slurm-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func path(_ name: String) -> String { root + "/" + name }
}
