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
            Every VALUES is a row of numbers with commas between them, such as 13.2,2.77,2.51. A row that starts with \
            a minus sign stands behind “--”, or between brackets. Models with several inputs take a whole request of \
            the Open Inference Protocol from a file.
            """)

    @Argument(help: "The model, as NAME or NAME:VERSION. Without VERSION: the alias default.")
    var model: ModelSelector

    @Argument(help: "Rows of values.")
    var values: [String] = []

    @Option(help: "A JSON file with the whole request; “-” reads it from standard input.", completion: .file())
    var request: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard values.isEmpty != (request == nil) else {
            throw ValidationError("Give rows of values, or a request with --request FILE.")
        }
    }

    func run(in session: Session) async throws {
        let raw = try await session.server.infer(model, request: try await body(in: session))
        // Numbers such as NaN, which some servers write bare, are no JSON; the answer is then shown as it came.
        guard !session.json,
            let answer = try? WireJSON.decoder().decode(InferenceAnswer.self, from: Data(raw.readableBytesView))
        else { return try session.show(raw: raw) }
        try session.terminal.write(answer.text())
    }

    private func body(in session: Session) async throws -> ByteBuffer {
        if let request {
            let file = request == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: request)
            guard let data = try? file?.readToEnd() else {
                throw ClientError(.file, "\(request) cannot be read, or is empty")
            }
            return ByteBuffer(bytes: data)
        }
        let metadata = try await session.server.metadata(of: model).value
        return ByteBuffer(bytes: try PredictionRows(values, for: metadata).request())
    }
}
