import ArgumentParser
import Logging
import Postgres
import SlipwayServices
import SlipwayStore

/// Brings the database to a version.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the database to this program's version.",
        discussion: "`serve` does this by itself at its start.")

    @OptionGroup var options: ServerOptions

    @Option(help: "Go back to this migration; 0 removes everything.")
    var revertTo: Int?

    func run() async throws {
        try await explaining {
            let session = DatabaseSession(configuration: try options.configuration(), logger: options.logger(.warning))
            let target = revertTo
            let done = try await session.runBesideServer { client in
                guard let target else { return try await DatabaseSession.migrate(client) }
                return try await Migrator(migrations: SlipwaySchema.migrations()).revert(to: target, on: client)
            }
            for migration in done {
                print("\(target == nil ? "applied" : "reverted") \(migration.number) \(migration.name)")
            }
            if done.isEmpty { print("The database is at this version already.") }
        }
    }
}
