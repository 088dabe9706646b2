import ArgumentParser
import SlipwayAPI
import SlipwayClient

/// `slipway model list`.
struct ModelListCommand: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the models.")

    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws {
        try session.show(try await session.server.models()) { list in
            list.models.isEmpty
                ? "No models.\n" : Table(models: list.models).text(colored: session.terminal.hasColors)
        }
    }
}
