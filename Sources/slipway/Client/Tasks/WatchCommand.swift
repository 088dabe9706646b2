import ArgumentParser
import SlipwayClient

/// `slipway watch`.
struct WatchCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Show a task's states as they change, to its end.",
        discussion: "Exits with 0 when the task succeeded and with 1 when it ended in any other way.")

    @Argument(help: "The task's id.") var id: String
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws {
        try await session.watch(id)
    }
}
