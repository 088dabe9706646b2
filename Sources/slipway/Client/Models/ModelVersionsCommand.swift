import ArgumentParser
import SlipwayAPI
import SlipwayClient

/// `slipway model versions`.
struct ModelVersionsCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "versions", abstract: "List the versions of a model, newest first.")

    @Argument(help: "The model's name.") var name: String
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws {
        try session.show(try await session.server.versions(of: name)) { list in
            Table(versions: list.versions).text(colored: session.terminal.hasColors)
        }
    }
}
