import ArgumentParser

/// `slipway model`.
struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "List and download trained models.",
        subcommands: [ModelListCommand.self, ModelVersionsCommand.self, ModelPullCommand.self])
}
