package import NIOCore
import SlipwayCore

/// The one door to predictions for every dialect that does not speak in tensors.
package struct PredictionService: Sendable {
    let models: ModelService

    package init(models: ModelService) {
        self.models = models
    }

    /// What a version takes and gives; nil for the selector is the alias `default`.
    ///
    /// - Throws: `SlipwayError`: `notFound`, or what is wrong with the model's files.
    package func card(of name: String, version selector: String? = nil) async throws -> ModelCard {
        try await card(of: models.version(selector, of: name))
    }

    /// Runs a model on rows.
    ///
    /// - Throws: `SlipwayError`: `notFound`; `invalid` with the path of the row or name at fault; what the engine says.
    package func predict(
        _ request: PredictionRequest, of name: String, version selector: String? = nil
    ) async throws -> Prediction {
        try await predict(request, with: card(of: name, version: selector))
    }

    /// Runs a model on one row of numbers, as TFaaS's clients ask.
    ///
    /// - Parameter keys: The columns' names; empty where the caller gives none. They are checked and put in order where
    ///   the model knows its own, and must be as many as the values in any case.
    /// - Returns: The values of the first output for the row.
    /// - Throws: As `predict`; `unsupported` for a first output that is no numbers.
    package func predictRow(
        _ values: [Double], keys: [String] = [], of name: String, version selector: String? = nil
    ) async throws -> [Float] {
        let request = PredictionRequest(
            .rows(PredictionTable(row: values), names: keys.isEmpty ? nil : keys), field: "values")
        return try await predict(request, of: name, version: selector).firstRow()
    }

    /// Runs a model on a picture, PNG or JPEG, which becomes what the model's first input takes.
    ///
    /// - Throws: As `predict`; `invalid` or `tooLarge` for a picture that is broken, or too large to be decoded.
    package func predictPicture(
        _ picture: ByteBuffer, outputs: [String]? = nil, of name: String, version selector: String? = nil
    ) async throws -> Prediction {
        let card = try await card(of: name, version: selector)
        let tensor = try await PictureInput(card).tensor(picture)
        return try await run([tensor], outputs: outputs, of: card)
    }

    /// Runs a model on rows, where its card is known already.
    package func predict(_ request: PredictionRequest, with card: ModelCard) async throws -> Prediction {
        try await run(InputTensors(card).tensors(of: request), outputs: request.outputs, of: card)
    }

    private func card(of version: ModelVersion) async throws -> ModelCard {
        ModelCard(
            version: version, signature: try await models.signature(of: version),
            companions: try await models.companions(of: version))
    }

    private func run(_ inputs: [Tensor], outputs: [String]?, of card: ModelCard) async throws -> Prediction {
        let outputs = try await models.infer(card.version, inputs: inputs, outputs: outputs)
        return Prediction(card, outputs: outputs)
    }
}
