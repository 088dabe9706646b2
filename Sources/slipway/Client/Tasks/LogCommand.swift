import ArgumentParser
import NIOCore
import SlipwayClient

/// `slipway log`.
struct LogCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Print what a task's job has written.",
        discussion: "The log is text as the job wrote it; --json prints it the same.")

    @Argument(help: "The task's id.") var id: String

    @Flag(name: [.short, .long], help: "Go on as the job writes, to the task's end.")
    var follow = false

    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws {
        try await session.server.log(of: id, following: follow) { chunk in
            try session.terminal.write(bytes: chunk.readableBytesView)
        }
    }
}
