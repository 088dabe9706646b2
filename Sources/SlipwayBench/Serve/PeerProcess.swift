import Foundation
import Subprocess
import SystemPackage

/// Runs a peer for as long as it is measured.
enum PeerProcess {
    /// Starts the peer, waits until it answers right, runs `body` with its port, and stops it with all that it started.
    static func with<Value: Sendable>(
        _ peer: Peer, _ setting: Peer.Setting, net: DenseNet, workplace: Workplace,
        _ body: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> Value {
        let folder = workplace.folder + "/serve/" + peer.name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // Its listener is gone before the peer starts.
        let port = try PlainListener().port
        let log = folder + "/peer.log"
        let output = try FileDescriptor.open(
            FilePath(log), .writeOnly, options: [.create, .append, .truncate], permissions: [.ownerReadWrite])
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(10))]
        let mark = ProcessMark()
        let command = Subprocess.Configuration(
            executable: .path(FilePath(peer.python(workplace))),
            arguments: Arguments(
                ["\(workplace.peers)/\(peer.name)/serve.py", "--model", net.file, "--port", "\(port)"]
                    + setting.arguments),
            environment: .inherit.updating([
                Environment.Key(stringLiteral: ProcessMark.variable): mark.value, "PYTHONDONTWRITEBYTECODE": "1",
            ]),
            workingDirectory: FilePath(folder), platformOptions: options)
        let outcome: Result<Value, any Error>
        do {
            let result = try await Subprocess.run(
                command, input: .none, output: .fileDescriptor(output, closeAfterSpawningProcess: true),
                error: .combinedWithOutput
            ) { execution -> Result<Value, any Error> in
                let outcome: Result<Value, any Error>
                do {
                    try await untilRight(
                        setting.request, port: port, net: net, process: execution.processIdentifier.value)
                    outcome = .success(try await body(port))
                } catch {
                    outcome = .failure(error)
                }
                await execution.teardown(using: [.gracefulShutDown(allowedDurationToNextStep: .seconds(10))])
                return outcome
            }
            outcome = result.closureResult
        } catch {
            outcome = .failure(error)
        }
        await mark.endAll()
        do {
            return try outcome.get()
        } catch {
            let words = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            throw BenchError(
                .command, "\(peer.name), \(setting.what): \(error)\nits last words:\n\(words.suffix(1500))")
        }
    }

    /// Asks until the right answer comes, for a minute at most: some answer before their model is loaded.
    private static func untilRight(
        _ request: ServeRequest, port: Int, net: DenseNet, process: Int32
    ) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while true {
            do {
                return try await request.check(port: port, against: net)
            } catch {
                guard ContinuousClock.now < end, kill(process, 0) == 0, !Task.isCancelled else { throw error }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }
}
