import ArgumentParser
import SlipwayClient

/// `slipway status`.
struct StatusCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show a task.",
        discussion: "Exits with 0 whatever the task's state is; “watch” tells success by its exit code.")

    @Argument(help: "The task's id.") var id: String

    @Option(help: "Answer at the task's next change, or after so many seconds (60 at most).")
    var wait: Int?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard let wait else { return }
        guard (0...60).contains(wait) else { throw ValidationError("--wait takes 0 to 60 seconds; found \(wait).") }
    }

    func run(in session: Session) async throws {
        let task = try await session.server.task(id, waiting: wait)
        try session.show(task) { TaskText.details(of: $0, colored: session.terminal.hasColors) }
    }
}
