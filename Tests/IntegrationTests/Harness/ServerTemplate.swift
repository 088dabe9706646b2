import Foundation
import Synchronization

/// A data root with users and tokens in its database, made once for all servers of the tests: copying it takes a
/// fraction of a second, making it takes several.
actor ServerTemplate {
    static let shared = ServerTemplate()

    struct Made: Sendable {
        var folder: String
        var tokens: [Person: String]
    }

    private var making: Task<Made, any Error>?
    private var count = 0

    /// The template, which the first caller makes.
    func made() async throws -> Made {
        // Every caller waits for the same work, and none of them may break it off.
        let task = making ?? Task { try await Self.make(in: TestEnvironment.current()) }
        making = task
        return try await task.value
    }

    /// A new folder's name; short, for a socket's path in it holds 107 bytes.
    func nextFolder() throws -> String {
        let servers = try TestEnvironment.current().serversFolder
        while true {
            count += 1
            let folder = "\(servers)/\(Self.prefix)\(count)"
            // A test program that was killed may have had this one's process id.
            if !FileManager.default.fileExists(atPath: folder) { return folder }
        }
    }

    private static let prefix = String(getpid(), radix: 36) + "-"

    private static func make(in environment: TestEnvironment) async throws -> Made {
        try FileManager.default.createDirectory(atPath: environment.serversFolder, withIntermediateDirectories: true)
        let folder = environment.serversFolder + "/\(prefix)0"
        try await Blocking.run {
            clear(environment.serversFolder)
            OwnProcesses.kill(in: folder)
            try? FileManager.default.removeItem(atPath: folder)
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        Self.removeAtExit(folder)
        let configuration = folder + "/slipway.yml"
        try ServerSettings().text(folder: folder, port: 0, in: environment)
            .write(toFile: configuration, atomically: true, encoding: .utf8)
        try (Person.passwordOfAda + "\n").write(toFile: folder + "/password", atomically: true, encoding: .utf8)
        let server = try ServerProcess(
            program: environment.serverBinary, arguments: ["serve", "--config", configuration], folder: folder)
        defer {
            server.send(SIGKILL)
            _ = server.waitForEnd(seconds: 5)
            OwnProcesses.kill(in: folder)
        }
        guard let url = try await Blocking.run({ server.firstLine() })?.split(separator: " ").last else {
            throw TestFailure("the template's server did not start: \(TestServer.logTail(of: folder))")
        }
        func slipway(_ arguments: String..., input: String? = nil) async throws -> String {
            try await Command(
                program: environment.serverBinary, arguments: arguments + ["--config", configuration], inputFile: input
            ).succeed()
        }
        var tokens: [Person: String] = [:]
        for person in Person.allCases {
            if person == .ada {
                _ = try await slipway(
                    "user", "add", person.rawValue, "--role", person.role, "--password-stdin",
                    input: folder + "/password")
            } else {
                _ = try await slipway("user", "add", person.rawValue, "--role", person.role, "--no-password")
            }
            tokens[person] = try await slipway("token", "create", person.rawValue, "--name", "tests")
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
        // The system chose the port, and the server's first line says which.
        _ = try await Command(
            program: environment.serverBinary, arguments: ["list", "--json"],
            environment: ["SLIPWAY_URL": String(url), "SLIPWAY_TOKEN": tokens[.ada] ?? ""]
        ).succeed()
        server.send(SIGTERM)
        guard try await Blocking.run({ server.waitForEnd(seconds: 120) }) == 0 else {
            throw TestFailure("the template's server did not stop in order: \(TestServer.logTail(of: folder))")
        }
        return Made(folder: folder, tokens: tokens)
    }

    /// Removes what test programs that were killed have left.
    private static func clear(_ servers: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: servers)) ?? [] {
            guard let owner = name.split(separator: "-").first.flatMap({ pid_t($0, radix: 36) }),
                !OwnProcesses.isAlive(owner)
            else { continue }
            OwnProcesses.kill(in: servers + "/" + name)
            try? FileManager.default.removeItem(atPath: servers + "/" + name)
        }
    }

    private static func removeAtExit(_ folder: String) {
        atExitFolder.withLock { $0 = folder }
        atexit {
            guard let folder = atExitFolder.withLock({ $0 }) else { return }
            try? FileManager.default.removeItem(atPath: folder)
        }
    }
}
