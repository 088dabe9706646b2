import Foundation
import Subprocess
import SystemPackage

extension ServerUnderTest {
    /// Runs `body` with a server that has a user and a token, then stops the server.
    ///
    /// Its folder stays until the end of the run: ext4 is slow to make new files while it remembers removed ones, and
    /// that would be measured.
    static func with<Value: Sendable>(
        _ bench: Bench, folder name: String, adjust: (inout ServerConfiguration) throws -> Void = { _ in },
        _ body: @escaping @Sendable (ServerUnderTest) async throws -> Value
    ) async throws -> Value {
        let folder = bench.workplace.folder + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var configuration = ServerConfiguration(workplace: bench.workplace, folder: folder)
        try adjust(&configuration)
        try configuration.text.write(toFile: configuration.file, atomically: true, encoding: .utf8)

        let log = folder + "/server.log"
        let output = try FileDescriptor.open(
            FilePath(log), .writeOnly, options: [.create, .append, .truncate], permissions: [.ownerReadWrite])
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(30))]
        let settings = configuration
        let command = Subprocess.Configuration(
            executable: .path(FilePath(bench.workplace.serverBinary)),
            arguments: ["serve", "--config", configuration.file],
            environment: .inherit.updating(["SLIPWAY_LOG": "warning", "DATABASE_URL": nil, "SLIPWAY_LISTEN": nil]),
            workingDirectory: FilePath(folder), platformOptions: options)
        let result = try await Subprocess.run(
            command, input: .none, output: .fileDescriptor(output, closeAfterSpawningProcess: true),
            error: .combinedWithOutput
        ) { execution -> Result<Value, any Error> in
            let outcome: Result<Value, any Error>
            do {
                let port = try await Self.port(in: log, of: execution.processIdentifier.value)
                let server = ServerUnderTest(
                    configuration: settings, port: port, token: try await Self.token(settings),
                    processIdentifier: execution.processIdentifier.value)
                outcome = .success(try await body(server))
            } catch {
                outcome = .failure(error)
            }
            await execution.teardown(using: [.gracefulShutDown(allowedDurationToNextStep: .seconds(30))])
            return outcome
        }
        Self.endDatabase(settings)
        do {
            return try result.closureResult.get()
        } catch {
            let words = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            throw BenchError(.command, "\(error)\nlast words of the server:\n\(words.suffix(1500))")
        }
    }

    /// Waits for the line with the address.
    private static func port(in log: String, of processIdentifier: Int32) async throws -> Int {
        let end = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < end {
            let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            if let line = text.split(separator: "\n").first(where: { $0.hasPrefix("Slipway listens on ") }),
                let port = line.split(separator: ":").last.flatMap({ Int($0) })
            {
                return port
            }
            guard kill(processIdentifier, 0) == 0 else { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw BenchError(.command, "the server does not listen")
    }

    private static func token(_ configuration: ServerConfiguration) async throws -> String {
        let binary = configuration.workplace.serverBinary
        let options = ["--config", configuration.file]
        try await Command.run(
            binary, ["user", "add", configuration.user, "--role", "admin", "--no-password"] + options)
        return try await Command.run(binary, ["token", "create", configuration.user] + options)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A server that had to be killed leaves its PostgreSQL; the first line of its pid file is its process.
    private static func endDatabase(_ configuration: ServerConfiguration) {
        let file = configuration.dataRoot + "/postgres/cluster/postmaster.pid"
        guard let line = (try? String(contentsOfFile: file, encoding: .utf8))?.split(separator: "\n").first,
            let identifier = Int32(line), identifier > 1
        else { return }
        kill(identifier, SIGQUIT)
    }
}
