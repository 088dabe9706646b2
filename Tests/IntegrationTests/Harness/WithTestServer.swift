import AsyncHTTPClient
import Foundation
import NIOCore
import Testing

/// Runs a test with a server of its own. Afterwards no process, no job and no folder of it is left, whatever the test
/// did; a server that does not stop in order, or leaves its PostgreSQL behind, fails the test.
func withTestServer(
    _ settings: ServerSettings = ServerSettings(), use: ClusterLock.Use = .shared, isStarted: Bool = true,
    _ body: (TestServer) async throws -> Void
) async throws {
    let environment = try TestEnvironment.current()
    try await ClusterLock.with(use) {
        try await Turnstile.servers.with {
            try await withClient { client in
                let template = try await ServerTemplate.shared.made()
                let folder = try await ServerTemplate.shared.nextFolder()
                let server = TestServer(
                    environment: environment, folder: folder, tokens: template.tokens, settings: settings,
                    client: client)
                do {
                    try await Blocking.run {
                        try prepare(folder, from: template, tools: settings.tools, path: environment.path)
                    }
                    if isStarted { try await server.start() }
                    try await body(server)
                } catch {
                    print("The log of the server that failed a test:\n\(server.log)")
                    await clear(server)
                    throw error
                }
                await clear(server)
            }
        }
    }
}

private func withClient(_ body: (HTTPClient) async throws -> Void) async throws {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
    configuration.timeout.connect = .seconds(10)
    try await HTTPClient.withHTTPClient(configuration: configuration) { try await body($0) }
}

private func prepare(
    _ folder: String, from template: ServerTemplate.Made, tools: [String: String], path: String
) throws {
    try Tools.write(tools, to: folder + "/tools", path: path)
    try FileManager.default.copyItem(atPath: template.folder + "/postgres", toPath: folder + "/postgres")
}

/// Ends and removes all that a server has brought about.
private func clear(_ server: TestServer) async {
    let folder = server.folder
    let wasRunning = server.pid != 0
    do {
        try await server.stop()
    } catch {
        Issue.record(error)
    }
    do {
        // A server that was killed leaves its PostgreSQL running: only the next start takes it over.
        let left = try await Blocking.run { OwnProcesses.kill(in: folder) }
        if wasRunning, left > 0 { Issue.record("the server that stopped left \(left) processes behind") }
        try await Slurm.cancelAll(under: folder)
        try await Patience.until("the folder \(folder) is removed", within: .seconds(30)) {
            try await Blocking.run {
                try? FileManager.default.removeItem(atPath: folder)
                return !FileManager.default.fileExists(atPath: folder)
            }
        }
    } catch {
        Issue.record(error)
    }
}
