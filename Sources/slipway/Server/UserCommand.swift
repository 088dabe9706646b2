import ArgumentParser
import Foundation
import Logging
import SlipwayCore
import SlipwayServices
import SlipwayStore

/// Users, for the operator: works on the database itself.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Add and list users.", subcommands: [Add.self, Password.self, List.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a user.")

        @OptionGroup var options: ServerOptions
        @Argument(help: "The user's name.") var name: String
        @Option(help: "What the user may do: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
        var role: Role = .user
        @Option(name: .customLong("refuse-account"), help: "A Slurm account that the user may not charge; repeatable.")
        var refusedAccounts: [String] = []
        @Flag(help: "Read the password from standard input instead of asking for it.") var passwordStdin = false
        @Flag(help: "No password: the user has tokens only.") var noPassword = false

        func run() async throws {
            try await explaining {
                let password = noPassword ? nil : try PasswordPrompt.read(fromStandardInput: passwordStdin, twice: true)
                let user = try await withUsers(options) { users in
                    try await users.add(
                        name: name, role: role, password: password, refusedAccounts: refusedAccounts)
                }
                print("Added \(user.role.rawValue) \(user.name).")
            }
        }
    }

    struct Password: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "passwd", abstract: "Change a user's password.")

        @OptionGroup var options: ServerOptions
        @Argument(help: "The user's name.") var name: String
        @Flag(help: "Read the password from standard input instead of asking for it.") var passwordStdin = false

        func run() async throws {
            try await explaining {
                let password = try PasswordPrompt.read(fromStandardInput: passwordStdin, twice: true)
                try await withUsers(options) { try await $0.setPassword(password, of: name) }
                print("Changed the password of \(name).")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List users.")

        @OptionGroup var options: ServerOptions

        func run() async throws {
            try await explaining {
                for user in try await withUsers(options, { try await $0.list() }) {
                    let refused =
                        user.refusedAccounts.isEmpty ? "" : "  refused: \(user.refusedAccounts.joined(separator: ", "))"
                    print("\(user.name)  \(user.role.rawValue)\(refused)")
                }
            }
        }
    }
}

extension Role: ExpressibleByArgument {}

/// Runs `body` with the users of the configured database.
func withUsers<Value: Sendable>(
    _ options: ServerOptions, _ body: @escaping @Sendable (UserService) async throws -> Value
) async throws -> Value {
    let session = DatabaseSession(configuration: try options.configuration(), logger: options.logger(.warning))
    return try await session.runBesideServer { client in
        try await body(UserService(store: SQLUserStore(client: client)))
    }
}
