import ArgumentParser
import SlipwayServices

/// Webhooks, for the operator: works on the server's own files.
struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook", abstract: "What receivers of webhooks need.", subcommands: [Secret.self])

    struct Secret: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the secret that receivers check signatures with; it is made where there is none.")

        @OptionGroup var options: ServerOptions

        func run() async throws {
            try await explaining {
                print(try WebhookSecretFile(path: options.configuration().webhooks.secretFile).secret().text)
            }
        }
    }
}
