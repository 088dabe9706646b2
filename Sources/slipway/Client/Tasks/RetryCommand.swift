import ArgumentParser
import SlipwayAPI
import SlipwayClient

/// `slipway retry`.
struct RetryCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Run a task that has ended once more, as a new attempt.")

    @Argument(help: "The task's id.") var id: String
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws {
        try session.show(try await session.server.retry(task: id)) { "Task \($0.id) \($0.state)\n" }
    }
}
