import ArgumentParser
import Foundation
import SlipwayCore
import SlipwayServices

/// API tokens, for the operator: works on the database itself.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Create, list and revoke API tokens.",
        subcommands: [Create.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create a token and print it: it is shown this once, the database keeps a hash.")

        @OptionGroup var options: ServerOptions
        @Argument(help: "The user that the token speaks for.") var user: String
        @Option(help: "What the token is for.") var name = "cli"
        @Option(help: "Days until it expires; without this it does not.") var days: Int?

        func validate() throws {
            if let days, !(1...36_500).contains(days) { throw ValidationError("--days must be from 1 to 36500") }
        }

        func run() async throws {
            try await explaining {
                let expiry = days.map { Date(timeIntervalSinceNow: Double($0) * 86_400) }
                let secret = try await withUsers(options) { users in
                    try await users.createToken(for: user, tokenName: name, expiresAt: expiry).secret
                }
                print(secret)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List a user's tokens, without their secrets.")

        @OptionGroup var options: ServerOptions
        @Argument(help: "The user.") var user: String

        func run() async throws {
            try await explaining {
                for token in try await withUsers(options, { try await $0.tokens(of: user) }) {
                    let used = token.lastUsedAt.map { "last used \($0.formatted(.iso8601))" } ?? "never used"
                    let expiry = token.expiresAt.map { "expires \($0.formatted(.iso8601))" } ?? "does not expire"
                    print(
                        "\(token.id)  \(token.name)  created \(token.createdAt.formatted(.iso8601))  \(used)  \(expiry)"
                    )
                }
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Revoke a token; it is refused from now on.")

        @OptionGroup var options: ServerOptions
        @Argument(help: "The user.") var user: String
        @Argument(help: "The token's number, as `token list` shows it.") var token: Int64

        func run() async throws {
            try await explaining {
                try await withUsers(options) { try await $0.revokeToken(token, of: user) }
                print("Revoked token \(token) of \(user).")
            }
        }
    }
}
