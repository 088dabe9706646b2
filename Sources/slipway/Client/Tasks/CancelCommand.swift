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
        try session.show(try await session.server.cancel(task: id)) { task in
            if task.state == "cancelled" { return "Task \(task.id) cancelled\n" }
            return task.cancelRequestedAt != nil && task.finishedAt == nil
                ? "Task \(task.id) \(task.state), asked to end\n" : "Task \(task.id) has ended already: \(task.state)\n"
        }
    }
}
