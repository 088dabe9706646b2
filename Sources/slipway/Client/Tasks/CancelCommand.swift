import ArgumentParser
import SlipwayAPI
import SlipwayClient

/// `slipway cancel`.
struct CancelCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "End a task, wherever it is.")

    @Argument(help: "The task's id.") var id: String
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws {
        try session.show(try await session.server.cancel(task: id)) { "Task \($0.id) \($0.state), asked to end\n" }
    }
}
