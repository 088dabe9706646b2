import ArgumentParser
import Foundation
import NIOCore
import SlipwayAPI
import SlipwayClient

/// `slipway predict`.
struct PredictCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Ask a model for predictions.",
        discussion: """
            Every VALUES is a row of values with commas between them, such as 13.2,2.77,2.51; or all of them together \
            are one row of named values, such as alcohol=13.2 malic_acid=2.77. A row that starts with a minus sign \
            stands behind “--”, or between brackets.
            """)

    @Argument(help: "The model, as NAME or NAME:VERSION. Without VERSION: the alias default.")
    var model: ModelSelector

    @Argument(help: "Rows of values, or NAME=VALUE for each column of one row.")
    var values: [String] = []

    @Option(
        help: "A picture (.png, .jpg), a table (.csv) or a request (.json); “-” reads a request from standard input.",
        completion: .file())
    var file: String?

    @Flag(help: "The values are as they were before the scaling of the training.")
    var raw = false

    @Option(help: "Names of the wanted outputs, with commas between them. Without it: all.")
    var outputs: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard values.isEmpty != (file == nil) else {
            throw ValidationError("Give rows of values, or a file with --file FILE.")
        }
    }

    func run(in session: Session) async throws {
        let question = try question()
        guard !raw || question.isTable else {
            throw ClientError(.usage, "--raw goes with rows and tables; a request in JSON says \"raw\": true itself")
        }
        let names = outputs?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
        let answer = try await session.server.predict(model, question, isRaw: raw, outputs: names)
        try session.show(answer) { $0.text() }
    }

    private func question() throws -> PredictionQuestion {
        guard let file else { return PredictionQuestion(rows: values) }
        let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file)
        guard let data = try? handle?.readToEnd() else {
            throw ClientError(.file, "\(file) cannot be read, or is empty")
        }
        return try PredictionQuestion(file: file == "-" ? "" : file, data)
    }
}
