import Foundation
import SlipwayCore
import Slurm
import Subprocess
import SystemPackage

/// What a command printed and how it ended.
struct CommandResult: Sendable {
    /// Nil: it did not end in time, or by a signal.
    var exitCode: Int?
    var standardOutput: String
    var standardError: String
}

/// Runs Slurm's commands on this machine, each with a time limit and a small environment of its own: nothing of the
/// server's environment, where secrets may be, reaches Slurm or a job.
struct CommandRunner: Sendable {
    let cluster: ClusterConfiguration
    private let environment: [String: String]

    /// More output than this of one command is a fault.
    private static let outputLimit = 256 << 20
    /// Of the coreutils.
    private static let keeper: FilePath = "/usr/bin/timeout"

    init(cluster: ClusterConfiguration, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.cluster = cluster
        var own = environment.filter { SlurmCommand.inheritedEnvironment.contains($0.key) }
        own["PATH"] = cluster.path
        if let conf = cluster.slurmConf { own["SLURM_CONF"] = conf }
        self.environment = own
    }

    /// - Throws: `SlipwayError` of code `unavailable` when the command cannot be started at all.
    func run(_ command: SlurmCommand) async throws(SlipwayError) -> CommandResult {
        let variables = environment.merging(command.environment) { _, new in new }
        var options = PlatformOptions()
        // A group of its own: what sbatch's site wrappers start is ended with it.
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(1))]
        let timeout = cluster.commandTimeout
        // sbatch has a keeper of its own: it must not outlive its time limit when the server dies or stands still.
        let isKept = command.executable == "sbatch"
        let configuration = Subprocess.Configuration(
            executable: isKept ? .path(Self.keeper) : .name(command.executable),
            arguments: Arguments(
                isKept
                    ? ["--signal=KILL", "\(timeout + 1)", command.executable] + command.arguments : command.arguments),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0.key), $0.value) })),
            platformOptions: options)
        do {
            return try await withThrowingTaskGroup(of: CommandResult?.self) { group in
                group.addTask {
                    let result = try await Subprocess.run(
                        configuration, output: .bytes(limit: Self.outputLimit), error: .bytes(limit: 1 << 20))
                    let code: Int? =
                        switch result.terminationStatus {
                        case .exited(let code): Int(code)
                        case .signaled: nil
                        }
                    return CommandResult(
                        exitCode: code, standardOutput: String(decoding: result.standardOutput, as: UTF8.self),
                        standardError: String(decoding: result.standardError, as: UTF8.self))
                }
                group.addTask {
                    try await Task.sleep(for: .seconds(timeout))
                    return nil
                }
                let first = try await group.next() ?? nil
                group.cancelAll()
                return first
                    ?? CommandResult(
                        exitCode: nil, standardOutput: "",
                        standardError: "\(command.executable) did not answer within \(Int(timeout)) seconds")
            }
        } catch {
            throw SlipwayError(
                .unavailable, "\(command.executable) of cluster “\(cluster.name)” cannot be run: \(error)")
        }
    }

    /// Runs a command whose output is wanted: anything but exit code 0 is an error in the command's own words.
    func output(of command: SlurmCommand) async throws(SlipwayError) -> String {
        try output(of: command, from: await run(command))
    }

    /// The output of a command that ended; throws as the one above.
    func output(of command: SlurmCommand, from result: CommandResult) throws(SlipwayError) -> String {
        guard result.exitCode == 0 else {
            let words = result.standardError.trimmingCharacters(in: .whitespacesAndNewlines)
            throw SlipwayError(
                .unavailable,
                "\(command.executable) of cluster “\(cluster.name)” failed: \(words.isEmpty ? "it said nothing" : words)"
            )
        }
        return result.standardOutput
    }
}
