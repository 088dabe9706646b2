import ArgumentParser
import Foundation
import NIOCore
import SlipwayClient

/// A command that asks the server named by the environment.
protocol ClientCommand: AsyncParsableCommand, Sendable {
    var output: OutputOptions { get }

    func run(in session: Session) async throws
}

extension ClientCommand {
    mutating func run() async throws {
        let terminal = Terminal(environment: ProcessInfo.processInfo.environment)
        do {
            let configuration = try ClientConfiguration(environment: ProcessInfo.processInfo.environment)
            let command = self
            try await Interruption.cancelling {
                try await RemoteServer.connected(with: configuration) { server in
                    try await command.run(in: Session(server: server, terminal: terminal, json: command.output.json))
                }
            }
        } catch let error as ClientError {
            terminal.note("slipway: \(TerminalText.plain(error.message))")
            for fault in error.faults { terminal.note("  \(TerminalText.plain(fault))") }
            throw ExitCode(ExitStatus(error).rawValue)
        } catch let code as ExitCode {
            throw code
        } catch {
            terminal.note("slipway: \(TerminalText.plain("\(error)"))")
            throw ExitCode(ExitStatus.software.rawValue)
        }
    }
}

/// What every command that asks the server has.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print the server's answer as JSON, for programs.")
    var json = false
}
