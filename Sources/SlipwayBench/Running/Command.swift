import Foundation
import Subprocess
import SystemPackage

/// Runs a program to its end.
enum Command {
    /// - Returns: Its standard output.
    /// - Throws: `BenchError` with its standard error when it ends otherwise than with 0.
    @discardableResult
    static func run(
        _ executable: String, _ arguments: [String], environment: [String: String] = [:], in folder: String? = nil
    ) async throws -> String {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
        let configuration = Subprocess.Configuration(
            executable: executable.hasPrefix("/") ? .path(FilePath(executable)) : .name(executable),
            arguments: Arguments(arguments),
            environment: .inherit.updating(
                Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })
            ),
            workingDirectory: folder.map { FilePath($0) }, platformOptions: options)
        let result = try await Subprocess.run(
            configuration, output: .string(limit: 16 << 20), error: .string(limit: 1 << 20))
        guard result.terminationStatus.isSuccess else {
            let words = (result.standardError + result.standardOutput).suffix(1000)
            throw BenchError(.command, "\(executable) ended with \(result.terminationStatus): \(words)")
        }
        return result.standardOutput
    }

    /// The same in a task that cancellation does not reach: for what takes away what was made.
    static func runShielded(_ executable: String, _ arguments: [String], environment: [String: String] = [:]) async {
        // An unstructured task is the language's one way to go on after cancellation. What fails here leaves jobs
        // that can never start; they are shown by squeue.
        await Task { _ = try? await run(executable, arguments, environment: environment) }.value
    }
}
