import ArgumentParser
import SlipwayAPI

/// The command line: the server, and everything that asks it.
@main
struct Slipway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slipway",
        abstract: "Train models on a Slurm cluster and serve what comes out.",
        discussion: """
            Commands that ask a server read its address from SLIPWAY_URL and the token from SLIPWAY_TOKEN; \
            SLIPWAY_CA_FILE names a PEM file of certificates to trust instead of the system's.

            Exit codes: 0 success; 1 the watched task did not succeed; 3 the server refused the request; 4 the server \
            was not reached or failed; 5 a local file could not be read or written, or a checksum was wrong; 64 wrong \
            arguments or environment; 70 a fault of this program.
            """,
        version: "slipway \(SlipwayVersion.current)",
        groupedSubcommands: [
            CommandGroup(
                name: "Tasks",
                subcommands: [
                    SubmitCommand.self, WatchCommand.self, StatusCommand.self, ListCommand.self, LogCommand.self,
                    CancelCommand.self, RetryCommand.self,
                ]),
            CommandGroup(name: "Models", subcommands: [ModelCommand.self, PredictCommand.self]),
            CommandGroup(
                name: "Server",
                subcommands: [
                    ServeCommand.self, MigrateCommand.self, UserCommand.self, TokenCommand.self, PruneCommand.self,
                    WebhookCommand.self,
                ]),
        ])
}
