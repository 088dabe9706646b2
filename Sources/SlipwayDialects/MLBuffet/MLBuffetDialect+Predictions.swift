import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayAPI
import SlipwayCore
import SlipwayServer
import SlipwayServices

extension MLBuffetDialect {
    var predictionEndpoints: [Endpoint] {
        let documentation = EndpointDocumentation(
            Self.group, "Runs a model on one sample or several, or on a picture (-F file=@picture.png).",
            body: .init("application/json", curl: "-d '{\"values\": [2, 5, 1, 4]}'"),
            answer: .json(MLBuffetAnswer(.ok, Self.success, members: ["values": [1]])))
        let methods: [HTTPRequest.Method] = [.get, .post]
        return methods.map { method in
            endpoint(method, "/api/v1/models/{tag}/prediction", documentation, respond: predict)
        }
    }

    private static let success = "Prediction successful"
    private static let noInput = "No input for the model provided as (values:[...])"

    private struct Values: Encodable, Sendable {
        let values: NestedTensor
    }

    @Sendable private func predict(_ call: Call, _ user: User) async throws -> Response {
        let tag = try ModelTag(call)
        let prediction: Prediction
        if FormReading.isMultipart(call.request) {
            let file = try await UploadedPicture.read(
                call, named: ["file", "path"], limits: services.configuration.limits)
            guard let content = file.content else {
                throw Problem.unprocessable("The name of the file path must be 'path' or 'file'")
            }
            prediction = try await predict(file, content, tag)
        } else {
            let limit = services.configuration.limits.maximumJSONBytes
            try UploadLimit.check(call.request, maximumBytes: Int64(limit))
            prediction = try await predict(values: try await call.request.body.collect(upTo: limit), tag)
        }
        guard let output = prediction.outputs.first else {
            throw Problem(.internalServerError, "The model gives no output.")
        }
        return try MLBuffetAnswer(.ok, Self.success, members: Values(values: NestedTensor(tensor: output))).response()
    }

    /// A picture; or JSON or CSV, by the name that the file has.
    private func predict(_ file: UploadedPicture, _ content: ByteBuffer, _ tag: ModelTag) async throws -> Prediction {
        let type = file.contentType?.lowercased() ?? "application/octet-stream"
        switch (file.filename as NSString).pathExtension.lowercased() {
        case "json": return try await predict(values: content, tag)
        case "csv":
            let card = try await card(tag)
            var table = CSVTable(for: card)
            try table.read(content)
            return try await services.predictions.predict(table.request(), of: tag.name, version: tag.selector)
        case "png", "jpg", "jpeg": break
        default:
            guard type.hasPrefix("image/") else {
                throw Problem.unprocessable(
                    "Filetype \(type) is not currently allowed for predictions. Images (PNG, JPEG), JSON and CSV are.")
            }
        }
        return try await known(tag) {
            try await services.predictions.predictPicture(content, of: tag.name, version: tag.selector)
        }
    }

    private func predict(values body: ByteBuffer, _ tag: ModelTag) async throws -> Prediction {
        guard body.readableBytes > 0 else { throw Problem.unprocessable(Self.noInput) }
        let document: PredictionDocument
        do {
            document = try PredictionDocument(body)
            // A lone number would do for one value, but `values` is a list.
            if case .rows(let table, _) = document.request.content, table.cells.count == 1,
                let fault = Self.fault(of: body)
            {
                throw fault
            }
        } catch {
            throw Self.refusal(of: body, error)
        }
        let card = try await card(tag)
        return try await services.predictions.predict(
            Self.samples(document.request, card), of: tag.name, version: tag.selector)
    }

    private func card(_ tag: ModelTag) async throws -> ModelCard {
        try await known(tag) { try await services.predictions.card(of: tag.name, version: tag.selector) }
    }

    /// Lists that are nested as deep as one row of the model is are one sample.
    private static func samples(_ request: PredictionRequest, _ card: ModelCard) -> PredictionRequest {
        guard case .rows(var table, let names) = request.content, let input = card.signature.inputs.first,
            !table.isFlat, table.oddRow == nil, input.shape.count == table.rowShape.count + 2
        else { return request }
        table.rowShape.insert(table.rowCount, at: 0)
        table.rowCount = 1
        var request = request
        request.content = .rows(table, names: names)
        return request
    }

    /// What was wrong with a body, in the old server's words where it has any.
    private static func refusal(of body: ByteBuffer, _ error: any Error) -> any Error {
        if let fault = fault(of: body) { return fault }
        guard var problem = error as? Problem, problem.status == .badRequest else { return error }
        problem.status = .unprocessableContent
        return problem
    }

    private static func fault(of body: ByteBuffer) -> Problem? {
        let members = try? JSONDecoder().decode([String: JSONValue].self, from: Data(body.readableBytesView))
        guard let members, let values = members["values"] else { return Problem.unprocessable(noInput) }
        guard case .array = values else {
            return Problem.unprocessable("New observation is not a list enclosed by squared brackets")
        }
        return nil
    }
}
